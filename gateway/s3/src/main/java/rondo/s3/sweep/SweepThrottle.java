package rondo.s3.sweep;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import rondo.ring.port.Time;

/** Makes a sweep rest half of its time, for the sake of requests. Used by one thread. */
final class SweepThrottle {
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Time time;
  private final BooleanSupplier stopped;
  private long rested;

  SweepThrottle(Time time, BooleanSupplier stopped) {
    this.time = time;
    this.stopped = stopped;
    this.rested = time.nanos();
  }

  /**
   * Rests as long as the work since the last rest took, a second at most.
   *
   * @return false when the work is to stop
   */
  boolean rest() {
    if (!stopped.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(MOST_NANOS, time.nanos() - rested));
      rested = time.nanos();
    }
    return !stopped.getAsBoolean();
  }
}
