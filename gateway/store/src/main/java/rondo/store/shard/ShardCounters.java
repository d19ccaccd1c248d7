package rondo.store.shard;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import rondo.metadata.shard.ShardMover;

/** Counts what this node has done to shards since it was started. Thread-safe. */
public final class ShardCounters {
  final LongAdder splits = new LongAdder();
  final LongAdder merges = new LongAdder();
  final LongAdder renewals = new LongAdder();
  final LongAdder copies = new LongAdder();
  final LongAdder blobsCopied = new LongAdder();
  final LongAdder blobsNotCopied = new LongAdder();
  final LongAdder blobBytes = new LongAdder();
  final LongAdder givenUp = new LongAdder();
  final LongAdder rows = new LongAdder();
  final LongAdder cleaned = new LongAdder();
  final AtomicLong running = new AtomicLong();
  private final AtomicLong longestCloseMicros = new AtomicLong();

  void moved(ShardMover.Result result, ShardWorker.Kind kind) {
    rows.add(result.rows());
    longestCloseMicros.accumulateAndGet(result.closedNanos() / 1000, Math::max);
    LongAdder ended =
        switch (kind) {
          case SPLIT -> splits;
          case MERGE -> merges;
          case RENEWAL -> renewals;
          case COPIES -> copies;
        };
    (result.isDone() ? ended : givenUp).increment();
  }

  /** The counters, by the names of their metrics. */
  public Map<String, Long> values() {
    var values = new LinkedHashMap<String, Long>();
    values.put("shard_splits", splits.sum());
    values.put("shard_merges", merges.sum());
    values.put("shard_renewals", renewals.sum());
    values.put("shard_copies_changed", copies.sum());
    values.put("copies_changed_objects", blobsCopied.sum());
    values.put("copies_changed_bytes", blobBytes.sum());
    values.put("copies_not_changed", blobsNotCopied.sum());
    values.put("shard_moves_given_up", givenUp.sum());
    values.put("shard_rows_copied", rows.sum());
    values.put("shard_rests_removed", cleaned.sum());
    return values;
  }

  /** The gauges, by the names of their metrics. */
  public Map<String, Long> gauges() {
    return Map.of(
        "shard_moves_running", running.get(),
        "shard_longest_close_microseconds", longestCloseMicros.get());
  }
}
