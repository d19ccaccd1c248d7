package rondo.ring.streaming;

import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/** Keeps what is copied below a rate, so that clients keep the rest. Thread-safe. */
public final class Throttle {
  private final Tasks tasks;
  private final Time time;
  private final long bytesPerSecond;
  private long freeAt;

  /**
   * @param bytesPerSecond 0: as fast as it goes
   */
  public Throttle(Tasks tasks, Time time, long bytesPerSecond) {
    this.tasks = tasks;
    this.time = time;
    this.bytesPerSecond = bytesPerSecond;
    this.freeAt = time.nanos();
  }

  /** Waits until what everybody spent before, and this, is within the rate, however long. */
  public void spend(long bytes) {
    if (bytesPerSecond <= 0 || bytes <= 0) {
      return;
    }
    tasks.mailbox().take(freeAfter((long) (bytes * 1e9 / bytesPerSecond)));
  }

  private synchronized long freeAfter(long nanos) {
    freeAt = Math.max(freeAt, time.nanos()) + nanos;
    return freeAt;
  }
}
