package rondo.ring.membership;

import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * A task that must not end: what it throws, such as a disk's failure, goes on to its thread's
 * handler, and another thread takes over after a moment.
 */
final class Daemon {
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private Daemon() {}

  /** {@code body} ends by itself only when it was told to stop. */
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
