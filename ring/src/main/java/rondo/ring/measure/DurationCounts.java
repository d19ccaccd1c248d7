package rondo.ring.measure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts durations in a histogram of fixed bounds, from a tenth of a millisecond to half a minute.
 * Thread-safe; noting one takes no lock and some tens of nanoseconds.
 */
public final class DurationCounts {
  private static final double[] BOUNDS_SECONDS = {
    0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    30
  };

  private static final long[] BOUNDS_NANOS =
      Arrays.stream(BOUNDS_SECONDS).mapToLong(bound -> Math.round(bound * 1e9)).toArray();

  private final LongAdder[] counts = new LongAdder[BOUNDS_NANOS.length + 1];
  private final LongAdder sumNanos = new LongAdder();

  public DurationCounts() {
    Arrays.setAll(counts, bucket -> new LongAdder());
  }

  /** The upper bounds of all buckets but the last, which has none; inclusive, in seconds. */
  public static double[] boundsSeconds() {
    return BOUNDS_SECONDS.clone();
  }

  /** Notes a duration. */
  public void add(long nanos) {
    int bucket = 0;
    while (bucket < BOUNDS_NANOS.length && nanos > BOUNDS_NANOS[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sumNanos.add(nanos);
  }

  /** How many durations each bucket has, not counting those of smaller buckets. */
  public long[] counts() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
  }

  /** How many durations there were. */
  public long count() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).sum();
  }

  /** The sum of all durations, in seconds. */
  public double sumSeconds() {
    return sumNanos.sum() / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
