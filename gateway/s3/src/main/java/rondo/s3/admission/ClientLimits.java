package rondo.s3.admission;

import java.util.LinkedHashMap;
import java.util.Map;

/** The limits of one server's clients, and what came of them. Thread-safe. */
public record ClientLimits(
    AdmissionCounters counters, MemoryBudget memory, OpenConnections connections) {
  public static ClientLimits of(AdmissionSettings settings) {
    var counters = new AdmissionCounters();
    return new ClientLimits(
        counters, new MemoryBudget(settings, counters), new OpenConnections(settings, counters));
  }

  /** Present values by their metrics' names. */
  public Map<String, Long> gauges() {
    var values = new LinkedHashMap<String, Long>();
    values.put("s3_requests_in_work", (long) memory.requests());
    values.put("s3_memory_used_bytes", memory.usedBytes());
    values.put("s3_memory_limit_bytes", memory.totalBytes());
    values.put("s3_connections_open", (long) connections.size());
    values.put("s3_shedding_load", counters.isShedding() ? 1L : 0L);
    return values;
  }
}
