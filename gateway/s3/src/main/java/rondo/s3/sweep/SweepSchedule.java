package rondo.s3.sweep;

import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.LifecycleRow;
import rondo.s3.lifecycle.DayLength;

/** When buckets are walked. Times are in microseconds since 1970. Pure. */
record SweepSchedule(DayLength days) {
  /** What is due becomes so at midnight: one walk a day finds all of it. */
  private static final int CYCLES_OF_SHORT_DAY = 5;

  private static final long LOOK_MICROS = TimeUnit.MINUTES.toMicros(5);
  private static final long LEAST_MICROS = TimeUnit.MILLISECONDS.toMicros(500);

  /** A row of a bucket without rules may still be about to get them. */
  private static final long FORGET_MICROS = TimeUnit.HOURS.toMicros(1);

  /** How long a cycle is: each bucket is walked once in it. */
  long cycleMicros() {
    return days.isCalendar()
        ? days.lengthMicros()
        : Math.max(LEAST_MICROS, days.lengthMicros() / CYCLES_OF_SHORT_DAY);
  }

  /** How long to rest between two looks at what there is to do. */
  long restMicros() {
    return Math.min(LOOK_MICROS, cycleMicros());
  }

  /** The number of the cycle at that time. */
  long cycle(long nowMicros) {
    return nowMicros / cycleMicros();
  }

  /** Whether the bucket is to be walked, from its beginning or on. */
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
