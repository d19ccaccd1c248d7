package rondo.store.object;

import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Keys;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * Locates the rows of one object's key.
 *
 * @param shard the partition key of the rows
 */
public record ObjectSlot(Bucket bucket, Bytes shard, Bytes key) {
  /** The slot of a key in the shard that holds it now. */
  public static ObjectSlot of(Bucket bucket, String key) {
    Bytes bytes = Bytes.utf8(key);
    return new ObjectSlot(bucket, bucket.shardOf(bytes), bytes);
  }

  /** The rows, read and written by the bucket's quorums. */
  public RowStore in(RowStore all) {
    return all.in(bucket);
  }

  /** The key of the head: the object's row, or the current version's. */
  public Key head() {
    return Keys.object(shard, key);
  }

  /** Whether clients see nothing in the place of this version, not even a delete marker. */
  boolean isHiddenMarker(ObjectRow version) {
    return version.getDeleteMarker() && bucket.keepsHistory();
  }

  boolean suspended() {
    return bucket.row().getVersioning() == BucketRow.Versioning.SUSPENDED;
  }
}
