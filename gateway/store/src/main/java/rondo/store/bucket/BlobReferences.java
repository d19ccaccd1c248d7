package rondo.store.bucket;

import com.google.protobuf.ByteString;
import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;

/**
 * The rows that share a blob: its references. A blob that was never shared has no references and
 * belongs to the one row that names it. From the first copy on, every owner has a reference; that
 * of the first owner has the id {@link #FIRST}. A reference is written before the object's row that
 * relies on it, and removed after that row is gone. So the row that removes the last reference
 * knows that no other row names the blob. Thread-safe.
 */
public final class BlobReferences {
  /** The reference of the row that named a blob first. */
  public static final Bytes FIRST = Bytes.wrap(new byte[RandomIds.BYTES]);

  private final RowStore rows;

  public BlobReferences(RowStore rows) {
    this.rows = rows;
  }

  /** The reference under which that row owns its blobs. */
  public static Bytes of(ObjectRow row) {
    return row.getReference().isEmpty() ? FIRST : RowStore.bytes(row.getReference());
  }

  /**
   * Writes a reference to each of the blobs.
   *
   * @param shard the partition key of the object's row that owns the reference
   * @param key the object's key
   */
  public void add(List<Segment> segments, Bytes reference, Bytes shard, Bytes key) {
    Bytes row =
        RowStore.encode(
            ReferenceRow.newBuilder()
                .setShard(RowStore.text(shard))
                .setKey(RowStore.text(key))
                .build());
    for (Segment segment : segments) {
      rows.write(Keys.reference(RowStore.bytes(segment.getBlob()), reference), row);
    }
  }

  /** Removes one owner of the blob; returns whether the blob has no owner left. */
  boolean remove(ByteString blob, Bytes reference) {
    Bytes id = RowStore.bytes(blob);
    var all = new ScanRange(Tables.REFERENCES, id, Bytes.EMPTY, Bytes.EMPTY, null, 2);
    if (rows.scan(all).entries().isEmpty()) {
      return true;
    }
    rows.write(Keys.reference(id, reference), null);
    return rows.scan(all).entries().isEmpty();
  }
}
