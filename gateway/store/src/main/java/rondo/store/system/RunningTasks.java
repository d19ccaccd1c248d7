package rondo.store.system;

import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;

/**
 * Tasks whose end can be waited for, so that nothing is written any more when a node has stopped.
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

  /** Returns when every task has ended, or the patience; called once. */
  public void awaitEnd(Duration patience) {
    try {
      running.awaitAdvanceInterruptibly(
          running.arrive(), patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return; // What is left goes with the process.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
