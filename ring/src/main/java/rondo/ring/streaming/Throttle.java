package rondo.ring.streaming;

import java.util.function.LongSupplier;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/** Keeps copies below a rate, which leaves the rest to clients. Thread-safe. */
public final class Throttle {
  private final Tasks tasks;
  private final Time time;
  private final LongSupplier bytesPerSecond;
  private long freeAt;

  /**
   * @param bytesPerSecond asked at each spending; 0: without a limit
   */
  public Throttle(Tasks tasks, Time time, LongSupplier bytesPerSecond) {
    this.tasks = tasks;
    this.time = time;
    this.bytesPerSecond = bytesPerSecond;
    this.freeAt = time.nanos();
  }

  /**
   * Waits until these bytes, and all that any caller spent before, are within the rate, however
   * long that takes.
   */
  public void spend(long bytes) {
    long rate = bytesPerSecond.getAsLong();
    if (rate <= 0 || bytes <= 0) {
      return;
    }
    tasks.mailbox().take(freeAfter((long) (bytes * 1e9 / rate)));
  }

  private synchronized long freeAfter(long nanos) {
    freeAt = Math.max(freeAt, time.nanos()) + nanos;
    return freeAt;
  }
}
