package rondo.server.bench;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A series of operations that the drivers share. It hands out numbers until there are enough
 * operations or the time is over. Thread-safe.
 */
final class BenchPhase {
  private final long firstNumber;
  private final long limit;
  private final long startNanos;
  private final long durationNanos;
  private final double rate;
  private final AtomicLong handedOut = new AtomicLong();

  /**
   * @param limit the most operations; {@link Long#MAX_VALUE} for no limit
   * @param durationNanos from now; {@link Long#MAX_VALUE} for no end
   * @param rate operations started per second; 0 for no schedule
   */
  BenchPhase(long firstNumber, long limit, long durationNanos, double rate) {
    this.firstNumber = firstNumber;
    this.limit = limit;
    this.durationNanos = durationNanos;
    this.rate = rate;
    this.startNanos = System.nanoTime();
  }

  /** The next operation's place in the phase, from 0; -1 when the phase is over. */
  long next() {
    if (System.nanoTime() - startNanos >= durationNanos) {
      return -1;
    }
    long place = handedOut.getAndIncrement();
    return place < limit && intendedNanos(place) - startNanos < durationNanos ? place : -1;
  }

  long number(long place) {
    return firstNumber + place;
  }

  /** The number after the last one of this phase. */
  long end() {
    return firstNumber + Math.min(limit, handedOut.get());
  }

  boolean isScheduled() {
    return rate > 0;
  }

  /** When the operation at that place is due, in {@link System#nanoTime}. */
  long intendedNanos(long place) {
    return isScheduled() ? startNanos + (long) (place * 1e9 / rate) : startNanos;
  }
}
