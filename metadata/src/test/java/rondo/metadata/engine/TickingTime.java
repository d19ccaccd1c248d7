package rondo.metadata.engine;

import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.port.Time;

/** A clock that advances by a millisecond with each reading. */
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
