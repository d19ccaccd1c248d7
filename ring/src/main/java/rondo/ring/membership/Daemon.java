package rondo.ring.membership;

import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Runs a task that must not end. Its exceptions, such as a disk's failure, reach its thread's
 * handler, and another thread takes over after a moment.
 */
final class Daemon {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private Daemon() {}

  /** Starts the task; {@code body} returns only when it was told to stop. */
  static void start(Tasks tasks, Time time, String name, Runnable body) {
    tasks.start(name, () -> live(tasks, time, name, body));
  }

  private static void live(Tasks tasks, Time time, String name, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException e) {
      tasks.start(
          name,
          () -> {
            tasks.mailbox().take(time.nanos() + PAUSE_NANOS);
            live(tasks, time, name, body);
          });
      throw e;
    }
  }
}
