package rondo.server.metric;

import org.jspecify.annotations.Nullable;
import rondo.server.accesslog.AccessLogWriter;

/**
 * The lines of the access log, and those that were lost.
 *
 * @param access null when there is none
 */
public record RecordMetrics(@Nullable AccessLogWriter access) implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    reading.put("rondo_access_log_lines_total", access == null ? 0L : access.written());
    reading.put("rondo_access_log_lost_total", access == null ? 0L : access.lost());
  }
}
