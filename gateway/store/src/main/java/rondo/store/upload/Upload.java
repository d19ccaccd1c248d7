package rondo.store.upload;

import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.store.row.Bucket;

/**
 * A multipart upload as it was read.
 *
 * @param stamp the row's stamp
 */
public record Upload(Bucket bucket, String key, String id, UploadRow row, Stamp stamp) {
  /** The partition key of the upload's rows. */
  public Bytes shard() {
    return bucket.shardOf(keyBytes());
  }

  /** The object's key in UTF-8. */
  public Bytes keyBytes() {
    return Bytes.utf8(key);
  }

  /** The upload's id in UTF-8. */
  public Bytes idBytes() {
    return Bytes.utf8(id);
  }

  Key rowKey() {
    return Keys.upload(shard(), keyBytes(), idBytes());
  }

  Key partKey(int number) {
    return Keys.part(shard(), keyBytes(), idBytes(), number);
  }

  /** Whether it may still take parts. */
  boolean isOpen() {
    return row.getPhase() == UploadRow.Phase.OPEN || row.getPhase() == UploadRow.Phase.CLOSING;
  }
}
