package rondo.server.metric;

import io.netty.util.internal.PlatformDependent;
import java.util.Map;
import rondo.s3.admission.ClientLimits;
import rondo.server.process.LoopHeartbeats;

/** What S3's clients hold of a node, whom it turned away, and how late its event loops are. */
public record TrafficMetrics(ClientLimits clients, LoopHeartbeats loops) implements MetricSource {
  /** Counters of {@code AdmissionCounters} by the reasons that they are counters of. */
  private static final Map<String, String> REASONS =
      Map.of(
          "s3_requests_refused", "memory",
          "s3_requests_cut", "cut",
          "s3_bodies_too_slow", "slow-body",
          "s3_heads_too_slow", "slow-head",
          "s3_connections_idle", "idle",
          "s3_connections_evicted", "evicted",
          "s3_connections_refused", "connections");

  @Override
  public void read(MetricReading reading) {
    Map<String, Long> counters = clients.counters().values();
    REASONS.forEach((counter, reason) ->
        reading.put("rondo_s3_shed_total", counters.getOrDefault(counter, 0L), reason));
    for (String plain :
        new String[] {
          "s3_requests_admitted",
          "s3_requests_waited",
          "s3_requests_refused",
          "s3_requests_cut",
          "s3_heads_too_slow",
          "s3_connections_evicted"
        }) {
      reading.put("rondo_" + plain + "_total", counters.getOrDefault(plain, 0L));
    }
    reading.put("rondo_s3_requests_in_flight", clients.memory().requests());
    reading.put("rondo_s3_memory_used_bytes", clients.memory().usedBytes());
    reading.put("rondo_s3_memory_limit_bytes", clients.memory().totalBytes());
    reading.put("rondo_s3_connections_open", clients.connections().size());
    reading.put("rondo_s3_shedding_load", clients.counters().isShedding() ? 1 : 0);
    loops
        .lags()
        .forEach((traffic, lag) -> reading.put("rondo_event_loop_lag_seconds", lag, traffic));
    reading.put(
        "rondo_direct_memory_used_bytes", Math.max(0, PlatformDependent.usedDirectMemory()));
    reading.put("rondo_direct_memory_limit_bytes", PlatformDependent.maxDirectMemory());
  }
}
