package rondo.ring.version;

import java.util.function.LongConsumer;
import rondo.ring.port.Time;

/**
 * The hybrid logical clock of one node, after Kulkarni et al., "Logical Physical Clocks" (OPODIS
 * 2014): ticks are microseconds since 1970 as long as the wall clock is sane, and each is larger
 * than every tick before it, over restarts too and whichever way the wall clock jumps. Thread-safe.
 */
public final class HybridClock {
  /**
   * How far ahead of the ticks the durable ceiling is set: one sync per so many microseconds; and a
   * restart may run ahead of the wall clock by as much.
   */
  private static final long STRIDE_MICROS = 3_000_000;

  private final Time time;
  private final LongConsumer ceilings;
  private long last;
  private long ceiling;

  /**
   * @param floor the newest ceiling that was stored, 0 on a new node: no earlier run ticked beyond
   * @param ceilings stores its argument durably before it returns; when it throws, the tick that
   *     needed it throws the same and nothing has ticked
   */
  public HybridClock(Time time, long floor, LongConsumer ceilings) {
    this.time = time;
    this.ceilings = ceilings;
    this.last = floor;
    this.ceiling = floor;
  }

  /** A tick that is larger than {@code atLeast} and than every tick that this node ever gave. */
  public synchronized long tick(long atLeast) {
    long next = Math.max(time.wallMicros(), Math.addExact(Math.max(last, atLeast), 1));
    if (next > ceiling) {
      long raised = Math.addExact(next, STRIDE_MICROS);
      ceilings.accept(raised);
      ceiling = raised;
    }
    last = next;
    return next;
  }
}
