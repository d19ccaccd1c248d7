package rondo.server.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rondo.server.config.log.RecordSettings;

/**
 * What a node tells of its requests, beside what its metrics always do.
 *
 * @param top how many buckets, and how many accounts, have counters of their own; 0 for none
 * @param slow from which time on a request has a line in the log; null for none
 * @param records what it writes down of them
 */
public record MetricSettings(int top, @Nullable Duration slow, RecordSettings records) {
  private static final int MOST = 1000;

  public MetricSettings {
    if (top < 0 || top > MOST) {
      throw new IllegalArgumentException("--metrics-top is a number from 0 to " + MOST);
    }
  }
}
