package rondo.store.system;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;

/**
 * Starts tasks and waits for their end, so that a stopped node writes nothing any more.
 * Thread-safe.
 */
public final class RunningTasks implements Tasks {
  private final Tasks tasks;
  private final Phaser running = new Phaser(1);

  public RunningTasks(Tasks tasks) {
    this.tasks = tasks;
  }

  @Override
  public void start(String name, Runnable body) {
    running.register();
    tasks.start(
        name,
        () -> {
          try {
            body.run();
          } finally {
            running.arriveAndDeregister();
          }
        });
  }

  @Override
  public <T> Mailbox<T> mailbox() {
    return tasks.mailbox();
  }

  /** Returns when every task has ended, or after the patience. Called once. */
  public void awaitEnd(Duration patience) {
    try {
      running.awaitAdvanceInterruptibly(
          running.arrive(), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // The tasks that still run end with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
