package rondo.server.backup.file;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.store.row.RowStore;

/** The blobs that rows of shards name. Pure. */
public final class RowBlobs {
  private RowBlobs() {}

  /** The segments that a row of this table names. */
  public static List<Segment> of(int table, Bytes value) {
    return switch (table) {
      case Tables.OBJECTS, Tables.VERSIONS ->
          RowStore.decode(ObjectRow.parser(), value).getSegmentsList();
      case Tables.UPLOADS ->
          RowStore.decode(UploadRow.parser(), value).getResult().getSegmentsList();
      case Tables.PARTS -> RowStore.decode(PartRow.parser(), value).getSegmentsList();
      default -> List.of();
    };
  }

  /** The row with other blobs in the place of its own. */
  public static Bytes with(int table, Bytes value, UnaryOperator<ByteString> blobs) {
    return switch (table) {
      case Tables.OBJECTS, Tables.VERSIONS ->
          RowStore.encode(with(RowStore.decode(ObjectRow.parser(), value), blobs));
      case Tables.UPLOADS -> {
        UploadRow row = RowStore.decode(UploadRow.parser(), value);
        yield row.hasResult()
            ? RowStore.encode(row.toBuilder().setResult(with(row.getResult(), blobs)).build())
            : value;
      }
      case Tables.PARTS -> {
        PartRow row = RowStore.decode(PartRow.parser(), value);
        yield RowStore.encode(
            row.toBuilder()
                .clearSegments()
                .addAllSegments(with(row.getSegmentsList(), blobs))
                .build());
      }
      default -> value;
    };
  }

  private static ObjectRow with(ObjectRow row, UnaryOperator<ByteString> blobs) {
    var changed = row.toBuilder().clearSegments().clearChanges();
    changed.addAllSegments(with(row.getSegmentsList(), blobs));
    for (VersionChange change : row.getChangesList()) {
      changed.addChanges(
          change.hasRow()
              ? change.toBuilder().setRow(with(change.getRow(), blobs)).build()
              : change);
    }
    return changed.build();
  }

  private static List<Segment> with(List<Segment> segments, UnaryOperator<ByteString> blobs) {
    var changed = new ArrayList<Segment>();
    for (Segment segment : segments) {
      changed.add(segment.toBuilder().setBlob(blobs.apply(segment.getBlob())).build());
    }
    return changed;
  }

  /** The object's key in the sort key of a row of a shard. */
  public static Bytes key(int table, Bytes sort) {
    return sort.slice(0, sort.length() - suffixBytes(table));
  }

  private static int suffixBytes(int table) {
    return switch (table) {
      case Tables.UPLOADS -> 1 + UPLOAD_ID_BYTES;
      case Tables.PARTS -> 1 + UPLOAD_ID_BYTES + 2;
      default -> Tables.suffixBytes(table);
    };
  }

  /** In hex: the time, random bytes and a checksum. */
  public static final int UPLOAD_ID_BYTES = 48;
}
