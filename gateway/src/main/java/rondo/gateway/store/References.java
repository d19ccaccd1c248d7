package rondo.gateway.store;

import com.google.protobuf.ByteString;
import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.message.Range;
import rondo.ring.register.Bytes;

/**
 * Who shares which blob. A blob that was never shared has no rows here and belongs to the one row
 * that names it. From the first copy on every owner has a row: the first one's under zeros. Rows
 * are written before the object's row that relies on them, and removed after it is gone, so that
 * whoever removes the last one knows that nobody names the blob any more. Thread-safe.
 */
final class References {
  /** The reference of a row that names a blob for the first time. */
  static final Bytes FIRST = Bytes.wrap(new byte[RandomIds.BYTES]);

  private final Rows rows;

  References(Rows rows) {
    this.rows = rows;
  }

  /** Under which reference that row owns its blobs. */
  static Bytes of(ObjectRow row) {
    return row.getReference().isEmpty() ? FIRST : Rows.bytes(row.getReference());
  }

  void add(List<Segment> segments, Bytes reference, Bytes shard, Bytes key) {
    Bytes row =
        Rows.encode(
            ReferenceRow.newBuilder().setShard(Rows.text(shard)).setKey(Rows.text(key)).build());
    for (Segment segment : segments) {
      rows.write(Keys.reference(Rows.bytes(segment.getBlob()), reference), row);
    }
  }

  /** Removes one owner of the blob; says whether nobody is left. */
  boolean remove(ByteString blob, Bytes reference) {
    Bytes id = Rows.bytes(blob);
    var all = new Range(Tables.REFERENCES, id, Bytes.EMPTY, Bytes.EMPTY, null, 2);
    if (rows.scan(all).entries().isEmpty()) {
      return true;
    }
    rows.write(Keys.reference(id, reference), null);
    return rows.scan(all).entries().isEmpty();
  }
}
