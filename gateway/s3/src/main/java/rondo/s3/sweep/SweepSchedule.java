package rondo.s3.sweep;

import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.LifecycleRow;
import rondo.s3.lifecycle.DayLength;

/** Decides when buckets are walked. Times are in microseconds since 1970. Pure. */
record SweepSchedule(DayLength days) {
  /** With calendar days one walk a day is enough, since actions become due at midnight. */
  private static final int CYCLES_OF_SHORT_DAY = 5;

  private static final long LOOK_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final long LEAST_MICROS = TimeUnit.MILLISECONDS.toMicros(500);

  /**
   * Age at which the row of a bucket without rules goes. A younger bucket may be about to get them.
   */
  private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(1);

  /** The length of a cycle, in which each bucket is walked once. */
  long cycleMicros() {
    return days.isCalendar()
        ? days.lengthMicros()
        : Math.max(LEAST_MICROS, days.lengthMicros() / CYCLES_OF_SHORT_DAY);
  }

  /** The rest between two looks through the buckets with rules. */
  long restMicros() {
    return Math.min(LOOK_MICROS, cycleMicros());
  }

  /** The number of the cycle at that time. */
  long cycle(long nowMicros) {
    return nowMicros / cycleMicros();
  }

  /** Whether the bucket is due for a walk, or for the rest of one. */
  boolean isDue(LifecycleRow row, long nowMicros) {
    return row.getCycle() == cycle(nowMicros)
        ? !row.getFinished()
        : row.getIdleUntilMicros() <= nowMicros;
  }

  /** Whether a walk of this cycle was left unfinished. */
  boolean isContinued(LifecycleRow row, long nowMicros) {
    return row.getCycle() == cycle(nowMicros) && !row.getFinished();
  }

  /** Whether the row of a bucket that has no rules can go. */
  boolean isForgotten(LifecycleRow row, long nowMicros) {
    return row.getSetMicros() + FORGET_MICROS < nowMicros;
  }
}
