package rondo.server.config;

import java.time.Duration;

/**
 * When a node counts as ready.
 *
 * @param readyPercent the share of partitions that must have their quorums, 0 to 100
 * @param whileRebuilding whether a node is ready that still rebuilds what damage took or an emptied
 *     disk had
 * @param clockLimit how far the clock may be from the median of the members'
 */
public record HealthSettings(int readyPercent, boolean whileRebuilding, Duration clockLimit) {
  private static final long LEAST_LIMIT_MILLIS = 1000;

  public HealthSettings {
    if (clockLimit.toMillis() < LEAST_LIMIT_MILLIS) {
      throw new IllegalArgumentException("--clock-limit is at least 1s");
    }
    if (readyPercent < 0 || readyPercent > 100) {
      throw new IllegalArgumentException("--ready-quorums is a percentage, 0 to 100");
    }
  }
}
