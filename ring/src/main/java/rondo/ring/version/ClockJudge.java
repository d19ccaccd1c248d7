package rondo.ring.version;

import java.util.Arrays;
import java.util.List;
import rondo.ring.port.Time;

/**
 * Judges this node's wall clock by those of its peers. The clock is sound while it is within a
 * limit of the median of all clocks, its own among them; with an even number of clocks both in the
 * middle must agree. Between two measurements the monotonic clock tells whether the wall clock has
 * jumped. A node that has peers and hasn't heard of any is not sound, until it has waited for them
 * in vain for a while. Thread-safe.
 */
public final class ClockJudge {
  /** Without an answer for so long, a node trusts its clock: it can reach no quorum anyway. */
  private static final long ALONE_NANOS = 10_000_000_000L;

  private enum Verdict {
    UNKNOWN,
    SOUND,
    OFF
  }

  private final Time time;
  private final long limitMicros;
  private boolean silent;
  private long silentSinceNanos;
  private Verdict verdict = Verdict.UNKNOWN;
  private long offsetMicros;
  private long wallMicros;
  private long nanos;

  /**
   * @param limitMicros how far from the median a clock may be
   */
  public ClockJudge(Time time, long limitMicros) {
    this.time = time;
    this.limitMicros = limitMicros;
  }

  /** A judge that calls the clock sound, whatever it says. */
  public static ClockJudge trusting(Time time) {
    var judge = new ClockJudge(time, Long.MAX_VALUE);
    judge.alone();
    return judge;
  }

  /** These clocks, of which the wall clock stands at 1970 while it isn't sound: nothing is old. */
  public Time cautious() {
    return new Time() {
      @Override
      public long wallMicros() {
        return isSound() ? time.wallMicros() : 0;
      }

      @Override
      public long nanos() {
        return time.nanos();
      }
    };
  }

  /** Notes that there are no peers: no clock is better than this one. */
  public synchronized void alone() {
    judged(Verdict.SOUND, 0);
  }

  /** Notes that no peer answers. What was known before stays. */
  public synchronized void silence() {
    silentSinceNanos = silent ? silentSinceNanos : time.nanos();
    silent = true;
    if (verdict == Verdict.UNKNOWN && time.nanos() - silentSinceNanos >= ALONE_NANOS) {
      judged(Verdict.SOUND, 0);
    }
  }

  /**
   * Notes the peers' clocks.
   *
   * @param offsets at least one: how many microseconds each peer's clock is ahead of this one
   */
  public synchronized void measured(List<Long> offsets) {
    long[] clocks = new long[offsets.size() + 1];
    for (int i = 0; i < offsets.size(); i++) {
      clocks[i] = offsets.get(i);
    }
    Arrays.sort(clocks);
    long lower = clocks[(clocks.length - 1) / 2];
    long upper = clocks[clocks.length / 2];
    long median = Math.abs(lower) > Math.abs(upper) ? lower : upper;
    judged(Math.abs(median) <= limitMicros ? Verdict.SOUND : Verdict.OFF, median);
  }

  /** Whether the clock was judged yet, rightly or wrongly. */
  public synchronized boolean isJudged() {
    return verdict != Verdict.UNKNOWN;
  }

  private void judged(Verdict now, long offset) {
    verdict = now;
    offsetMicros = offset;
    wallMicros = time.wallMicros();
    nanos = time.nanos();
  }

  /** Whether the wall clock may be used for stamps and for judging what is due. */
  public synchronized boolean isSound() {
    return verdict == Verdict.SOUND && Math.abs(jumpMicros()) <= limitMicros;
  }

  /** How far the wall clock has moved away from the monotonic one since the last measurement. */
  private long jumpMicros() {
    return time.wallMicros() - wallMicros - (time.nanos() - nanos) / 1000;
  }

  /** How many microseconds this clock is ahead of the median; negative when it is behind. */
  public synchronized long aheadMicros() {
    return verdict == Verdict.UNKNOWN ? 0 : jumpMicros() - offsetMicros;
  }

  /** Why the clock can't be used, as a sentence; empty when it can. */
  public synchronized String trouble() {
    if (isSound()) {
      return "";
    }
    if (verdict == Verdict.UNKNOWN) {
      return "This node has yet to compare its clock with those of other nodes.";
    }
    long ahead = aheadMicros();
    return "This node's clock is %d s %s the others', and %d s are allowed: set it right."
        .formatted(
            Math.abs(ahead) / 1_000_000,
            ahead < 0 ? "behind" : "ahead of",
            limitMicros / 1_000_000);
  }
}
