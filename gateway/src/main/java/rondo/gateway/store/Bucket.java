package rondo.gateway.store;

import java.util.List;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardRange;
import rondo.ring.register.Bytes;
import rondo.ring.version.Stamp;

/**
 * A bucket as it was when its row was read.
 *
 * @param stamp of the row
 */
public record Bucket(String name, BucketRow row, Stamp stamp) {
  public String owner() {
    return row.getOwner();
  }

  /** Whether this is the same bucket, not another one under the same name. */
  boolean sameAs(Bucket other) {
    return row.getId().equals(other.row.getId());
  }

  public boolean isDeleting() {
    return row.getPhase() == BucketRow.Phase.DELETING;
  }

  /** The shard that holds the key: partition key of its rows. */
  public Bytes shardOf(Bytes key) {
    ShardRange found = row.getShards(0);
    for (ShardRange range : row.getShardsList()) {
      if (Rows.bytes(range.getFrom()).compareTo(key) <= 0) {
        found = range;
      }
    }
    return Rows.bytes(found.getId());
  }

  /** All shards, in the order of their keys. */
  public List<Bytes> shards() {
    return row.getShardsList().stream().map(range -> Rows.bytes(range.getId())).toList();
  }

  /** The shards that hold keys at or behind {@code key}, in order. */
  List<Bytes> shardsFrom(Bytes key) {
    List<Bytes> all = shards();
    return all.subList(all.indexOf(shardOf(key)), all.size());
  }
}
