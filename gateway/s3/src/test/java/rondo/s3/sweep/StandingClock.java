package rondo.s3.sweep;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.port.Time;

/** A manual clock: its time passes only by {@link #pass}. */
final class StandingClock implements Time {
  private final AtomicLong micros = new AtomicLong(micros("2026-03-01T10:30:00Z"));

  static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  void pass(Duration time) {
    micros.addAndGet(time.toNanos() / 1000);
  }

  @Override
  public long wallMicros() {
    return micros.get();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
