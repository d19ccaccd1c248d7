package rondo.ring.version;

import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import rondo.ring.port.Time;

/**
 * The hybrid logical clock of one node, after Kulkarni et al., "Logical Physical Clocks" (OPODIS
 * 2014): ticks are microseconds since 1970 as long as the wall clock is sane, and each is larger
 * than every tick before it, over restarts too and whichever way the wall clock jumps. A wall clock
 * that its {@link ClockJudge} calls wrong moves no tick. Thread-safe.
 */
public final class HybridClock {
  /**
   * How far ahead of the ticks the durable high-water mark is set. One sync lasts for this many
   * microseconds, and after a restart the clock may run ahead of the wall clock by as much.
   */
  private static final long STRIDE_MICROS = 3_000_000;

  private final Time time;
  private final LongConsumer highWaterMarks;
  private final ClockJudge judge;
  private volatile LongSupplier floor = () -> 0;
  private long last;
  private long highWaterMark;

  /**
   * @param floor the newest high-water mark that was stored, which no earlier run has ticked
   *     beyond; 0 on a new node
   * @param highWaterMarks stores a mark durably before it returns; when it throws, the tick that
   *     needed the mark throws the same exception and the clock stays as it was
   */
  public HybridClock(Time time, long floor, LongConsumer highWaterMarks) {
    this(time, floor, highWaterMarks, ClockJudge.trusting(time));
  }

  /**
   * A clock that follows the wall clock only while that is sound.
   *
   * @param floor as above
   * @param highWaterMarks as above
   * @param judge of the wall clock
   */
  public HybridClock(Time time, long floor, LongConsumer highWaterMarks, ClockJudge judge) {
    this.time = time;
    this.judge = judge;
    this.highWaterMarks = highWaterMarks;
    this.last = floor;
    this.highWaterMark = floor;
  }

  /** Why the wall clock is not sound, so that no write should be stamped; empty when it is. */
  public String trouble() {
    return judge.trouble();
  }

  /** The judge of the wall clock. */
  public ClockJudge judge() {
    return judge;
  }

  /** From now on, each tick is larger than what {@code floor} says then. */
  public void above(LongSupplier floor) {
    this.floor = floor;
  }

  private long wallMicros() {
    return judge.isSound() ? time.wallMicros() : 0;
  }

  /** A tick that is larger than {@code atLeast} and than every earlier tick of this node. */
  public synchronized long tick(long atLeast) {
    long least = Math.max(floor.getAsLong(), Math.max(last, atLeast));
    long next = Math.max(wallMicros(), Math.addExact(least, 1));
    if (next > highWaterMark) {
      long raised = Math.addExact(next, STRIDE_MICROS);
      highWaterMarks.accept(raised);
      highWaterMark = raised;
    }
    last = next;
    return next;
  }
}
