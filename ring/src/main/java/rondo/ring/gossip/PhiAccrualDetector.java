package rondo.ring.gossip;

/**
 * Tells how unlikely the silence of one node is, from the times at which news of it came. After
 * Hayashibara and others, "The phi accrual failure detector" (SRDS 2004): intervals are taken as
 * normally distributed, and phi is the negative decimal logarithm of the chance that the next takes
 * longer. Used under its owner's lock.
 */
public final class PhiAccrualDetector {
  /** One false suspicion in a hundred million rounds, if intervals were as regular as assumed. */
  private static final double SUSPICIOUS = 8;

  /**
   * How many intervals count: long enough to know a network, short enough to forget a bad minute.
   */
  private static final int WINDOW = 64;

  /** The least deviation: a smaller one says more about schedulers than about nodes. */
  private static final double LEAST_DEVIATION_NANOS = 500e6;

  /** The longest interval that counts: after an absence, a node is not waited for the longer. */
  private static final double LONGEST_NANOS = 10e9;

  private final double[] intervals = new double[WINDOW];
  private int count;
  private double sum;
  private double squares;
  private long lastNanos;

  /**
   * @param expectedNanos the interval to expect before the first is known
   */
  public PhiAccrualDetector(long nowNanos, long expectedNanos) {
    lastNanos = nowNanos;
    add((double) expectedNanos);
  }

  public void arrived(long nowNanos) {
    add(Math.min(LONGEST_NANOS, (double) (nowNanos - lastNanos)));
    lastNanos = nowNanos;
  }

  /** Leaves out a time in which this node didn't listen. */
  void excuse(long nanos) {
    lastNanos += nanos;
  }

  public boolean isSuspicious(long nowNanos) {
    return phi(nowNanos) > SUSPICIOUS;
  }

  public double phi(long nowNanos) {
    int known = Math.min(count, WINDOW);
    double mean = sum / known;
    double variance = Math.max(0, squares / known - mean * mean);
    double deviation = Math.max(LEAST_DEVIATION_NANOS, Math.sqrt(variance));
    double y = (nowNanos - lastNanos - mean) / deviation;
    // The logistic curve that is closest to the normal distribution's sum.
    double e = Math.exp(-y * (1.5976 + 0.070566 * y * y));
    // P(longer) = e / (1 + e); its logarithm without dividing by what may be 0.
    double later = y > 0 ? Math.log(e) - Math.log1p(e) : -Math.log1p(1 / e);
    return -later / Math.log(10);
  }

  private void add(double interval) {
    int at = count % WINDOW;
    if (count >= WINDOW) {
      sum -= intervals[at];
      squares -= intervals[at] * intervals[at];
    }
    intervals[at] = interval;
    sum += interval;
    squares += interval * interval;
    count++;
  }
}
