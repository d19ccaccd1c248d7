package rondo.s3.lifecycle;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.LifecycleTime;

/**
 * The length of a day in lifecycle rules. Tests use days shorter than 24 hours. Times are in
 * microseconds since 1970. Pure.
 */
public record DayLength(long lengthMicros) {
  private static final long CALENDAR_MICROS = TimeUnit.DAYS.toMicros(1);

  /** Almost three thousand years: a bound against overflow. No later time is ever reached. */
  private static final int MOST_DAYS = 1_000_000;

  /** Days from midnight to midnight in UTC. */
  public static final DayLength CALENDAR = new DayLength(CALENDAR_MICROS);

  /**
   * @throws IllegalArgumentException for less than a second or more than a day
   */
  public static DayLength of(Duration length) {
    if (length.compareTo(Duration.ofSeconds(1)) < 0 || length.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("a lifecycle's day is between a second and a day");
    }
    return new DayLength(length.toNanos() / 1000);
  }

  public boolean isCalendar() {
    return lengthMicros == CALENDAR_MICROS;
  }

  /** The time at which an action is due, counted from {@code fromMicros}. */
  long due(long fromMicros, LifecycleTime after) {
    return after.hasDateMicros() ? after.getDateMicros() : due(fromMicros, after.getDays());
  }

  /** The time {@code days} days later; with calendar days the midnight after it, as S3 counts. */
  long due(long fromMicros, int days) {
    long then = fromMicros + Math.min(days, MOST_DAYS) * lengthMicros;
    return isCalendar() ? then - Math.floorMod(then, CALENDAR_MICROS) + CALENDAR_MICROS : then;
  }
}
