package rondo.server.metric;

import java.util.Map;
import rondo.s3.sweep.LifecycleCounters;
import rondo.store.shard.ShardCounters;

/** What a node does for the cluster's buckets in the background. */
public record BackgroundMetrics(LifecycleCounters lifecycles, ShardCounters shards)
    implements MetricSource {
  private static final double MICROS = 1e6;

  @Override
  public void read(MetricReading reading) {
    reading.putAll(lifecycles.values(), "_total");
    reading.putAll(shards.values(), "_total");
    Map<String, Long> gauges = shards.gauges();
    reading.put("rondo_shard_moves_running", gauges.getOrDefault("shard_moves_running", 0L));
    reading.put(
        "rondo_shard_longest_close_seconds",
        gauges.getOrDefault("shard_longest_close_microseconds", 0L) / MICROS);
  }
}
