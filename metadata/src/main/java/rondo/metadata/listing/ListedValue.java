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

/** The part of a row's value that a listing carries: of a small object everything but its bytes. */
public final class ListedValue {
  /** More than the rows of most objects take without their bytes. */
  private static final int USUAL_BYTES = 512;

  private ListedValue() {}

  /**
   * Returns the part of a value that a listing carries; null when no listing shows the row.
   *
   * @param table the number of the row's table
   * @param value a view of an array; only read
   * @throws IllegalArgumentException when the value is not one of that table
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
