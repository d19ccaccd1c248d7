package rondo.s3.sweep;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import rondo.ring.port.Time;

/** Leaves half of the time to others. Used by one thread. */
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

  /** Rests as long as the work since the last rest took, up to a second; says whether to go on. */
  boolean rest() {
    if (!stopped.getAsBoolean()) {
      LockSupport.parkNanos(Math.min(MOST_NANOS, time.nanos() - rested));
      rested = time.nanos();
    }
    return !stopped.getAsBoolean();
  }
}
