package rondo.gateway.store;

import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Keys;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/**
 * Where the rows of one object's key are.
 *
 * @param shard partition key of the rows
 */
record ObjectSlot(Bucket bucket, Bytes shard, Bytes key) {
  static ObjectSlot of(Bucket bucket, String key) {
    Bytes bytes = Bytes.utf8(key);
    return new ObjectSlot(bucket, bucket.shardOf(bytes), bytes);
  }

  /** The rows, by the bucket's quorums. */
  Rows in(Rows all) {
    return all.in(bucket);
  }

  Key head() {
    return Keys.object(shard, key);
  }

  boolean suspended() {
    return bucket.row().getVersioning() == BucketRow.Versioning.SUSPENDED;
  }
}
