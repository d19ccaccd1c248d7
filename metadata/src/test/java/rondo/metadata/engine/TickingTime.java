package rondo.metadata.engine;

import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.port.Time;

/** Clocks that go on by a millisecond with each look at them. */
public final class TickingTime implements Time {
  private final AtomicLong nowMicros = new AtomicLong(1_700_000_000_000_000L);

  @Override
  public long wallMicros() {
    return nowMicros.addAndGet(1_000);
  }

  @Override
  public long nanos() {
    return wallMicros() * 1_000;
  }
}
