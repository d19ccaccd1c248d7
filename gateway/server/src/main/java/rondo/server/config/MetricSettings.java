package rondo.server.config;

/**
 * What a node's metrics tell beside what they always do.
 *
 * @param top how many buckets, and how many accounts, have counters of their own; 0 for none
 */
public record MetricSettings(int top) {
  private static final int MOST = 1000;

  public MetricSettings {
    if (top < 0 || top > MOST) {
      throw new IllegalArgumentException("--metrics-top is a number from 0 to " + MOST);
    }
  }
}
