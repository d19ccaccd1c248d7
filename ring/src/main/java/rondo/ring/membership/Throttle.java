package rondo.ring.membership;

import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/** Keeps what one thread copies below a rate, so that clients keep the rest. */
final class Throttle {
  private final Tasks tasks;
  private final Time time;
  private final long bytesPerSecond;
  private long freeAt;

  /**
   * @param bytesPerSecond 0: as fast as it goes
   */
  Throttle(Tasks tasks, Time time, long bytesPerSecond) {
    this.tasks = tasks;
    this.time = time;
    this.bytesPerSecond = bytesPerSecond;
    this.freeAt = time.nanos();
  }

  /** Waits until what was spent before, and this, is within the rate. */
  void spend(long bytes) {
    if (bytesPerSecond <= 0 || bytes <= 0) {
      return;
    }
    long nanos = (long) (bytes * 1e9 / bytesPerSecond);
    freeAt = Math.max(freeAt, time.nanos()) + nanos;
    tasks.mailbox().take(freeAt);
  }
}
