package rondo.metadata.listing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Bytes;

/** What a listing has of a row's value: of a small object, all but its bytes. */
public final class ListedValue {
  /** More than most objects' rows have without their data. */
  private static final int USUAL_BYTES = 512;

  private ListedValue() {}

  /**
   * What to keep of a value; null when no listing shows the row.
   *
   * @param value a view of an array, which is only read
   * @throws IllegalArgumentException for a value that is none of that table
   */
  public static @Nullable Bytes of(int table, ByteBuffer value) {
    var kept = new ByteArrayOutputStream(Math.min(USUAL_BYTES, value.remaining()));
    int copied = 0;
    if (table == Tables.OBJECTS || table == Tables.VERSIONS) {
      try {
        CodedInputStream input = CodedInputStream.newInstance(value);
        int start = 0;
        for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
          int field = WireFormat.getTagFieldNumber(tag);
          if (VersionRows.isHiding(table, field)) {
            return null;
          }
          input.skipField(tag);
          int end = input.getTotalBytesRead();
          if (isLeftOut(field)) {
            keep(value, copied, start, kept);
            copied = end;
          }
          start = end;
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("not an object's row", e);
      }
    }
    keep(value, copied, value.remaining(), kept);
    return Bytes.wrap(kept.toByteArray());
  }

  private static boolean isLeftOut(int field) {
    return field == ObjectRow.INLINE_DATA_FIELD_NUMBER || field == ObjectRow.CHANGES_FIELD_NUMBER;
  }

  private static void keep(ByteBuffer value, int from, int to, ByteArrayOutputStream kept) {
    kept.write(value.array(), value.arrayOffset() + value.position() + from, to - from);
  }
}
