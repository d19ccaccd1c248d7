package rondo.server.console;

import java.time.Duration;
import rondo.ring.port.Time;

/** A clock that stands until it is moved. */
final class ConsoleClock implements Time {
  private long nanos = 1;

  void pass(Duration time) {
    nanos += time.toNanos();
  }

  @Override
  public long wallMicros() {
    return nanos / 1000;
  }

  @Override
  public long nanos() {
    return nanos;
  }
}
