package rondo.server.config;

/**
 * When a node counts as ready.
 *
 * @param readyPercent the share of partitions that must have their quorums, 0 to 100
 * @param whileRebuilding whether a node is ready that still rebuilds rows which damage took
 */
public record HealthSettings(int readyPercent, boolean whileRebuilding) {
  public HealthSettings {
    if (readyPercent < 0 || readyPercent > 100) {
      throw new IllegalArgumentException("--ready-quorums is a percentage, 0 to 100");
    }
  }
}
