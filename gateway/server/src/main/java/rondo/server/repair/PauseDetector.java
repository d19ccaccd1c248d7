package rondo.server.repair;

import java.util.concurrent.TimeUnit;
import rondo.ring.port.Time;

/**
 * Notices that the process stood still, by SIGSTOP or with its machine, and so may have missed
 * writes. Either clock tells: the monotonic one stops with some machines, and the wall clock may
 * jump, which costs a comparison too many. Used by one thread.
 */
final class PauseDetector {
  /** Longer than a garbage collection, shorter than what makes other nodes suspect this one. */
  private static final long PAUSE_MICROS = TimeUnit.SECONDS.toMicros(3);

  private final Time time;
  private long nanos;
  private long wallMicros;

  PauseDetector(Time time) {
    this.time = time;
    this.nanos = time.nanos();
    this.wallMicros = time.wallMicros();
  }

  /** Whether more than some seconds have passed since the last call. */
  boolean stoodStill() {
    long passed = Math.max((time.nanos() - nanos) / 1000, time.wallMicros() - wallMicros);
    nanos = time.nanos();
    wallMicros = time.wallMicros();
    return passed > PAUSE_MICROS;
  }
}
