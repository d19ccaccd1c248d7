package rondo.server.backup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.FenceRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardRanges;
import rondo.ring.value.Bytes;
import rondo.store.row.RowStore;

/**
 * The buckets that a restore makes, and the shards in which their rows were and will be. Not
 * thread-safe while buckets are added.
 */
final class RestoredBuckets {
  private final RestoredNames names;
  private final BackupOrder order;
  private final Map<String, BucketRow> rows = new TreeMap<>();
  private final Map<Bytes, BucketRow> byOldId = new HashMap<>();
  private final Map<Bytes, BucketRow> byOldShard = new HashMap<>();

  RestoredBuckets(RestoredNames names, BackupOrder order) {
    this.names = names;
    this.order = order;
  }

  /** Takes a bucket of the backup, if it is to be restored. */
  void add(String old, BucketRow row) {
    if (!order.bucket().isEmpty() && !order.bucket().equals(old)) {
      return;
    }
    String name = order.as().isEmpty() ? old : order.as();
    var fresh =
        row.toBuilder()
            .setId(RowStore.text(names.bucket(name)))
            .setPhase(BucketRow.Phase.LIVE)
            .clearMove()
            .clearRests()
            .clearShards()
            .clearCopyClass()
            .clearCopiesChangedMicros();
    for (ShardRange range : row.getShardsList()) {
      Bytes id = names.shard(RowStore.bytes(range.getId()));
      fresh.addShards(range.toBuilder().setId(RowStore.text(id)));
    }
    BucketRow restored = fresh.build();
    rows.put(name, restored);
    byOldId.put(RowStore.bytes(row.getId()), restored);
    row.getShardsList().forEach(range -> byOldShard.put(RowStore.bytes(range.getId()), restored));
  }

  /** Takes the fence of a shard: rows may name a shard that their keys have left since. */
  void add(Bytes oldShard, FenceRow fence) {
    BucketRow bucket = byOldId.get(RowStore.bytes(fence.getBucketId()));
    if (bucket != null) {
      byOldShard.putIfAbsent(oldShard, bucket);
    }
  }

  /** The shard that gets a key; null when its bucket isn't restored. */
  @Nullable Bytes shardOf(Bytes oldShard, Bytes key) {
    BucketRow bucket = byOldShard.get(oldShard);
    return bucket == null ? null : ShardRanges.shardOf(bucket, key);
  }

  /** The rows of the buckets to make, by name. */
  Map<String, BucketRow> rows() {
    return rows;
  }

  List<String> names() {
    return new ArrayList<>(rows.keySet());
  }
}
