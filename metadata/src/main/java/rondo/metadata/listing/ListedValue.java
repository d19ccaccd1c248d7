package rondo.metadata.listing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.UnaryOperator;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.ring.register.Bytes;

/** How much of a row's value a listing needs: of a small object, all but its bytes. */
public final class ListedValue {
  private ListedValue() {}

  /**
   * What to keep of the values of {@code table}; it throws {@link IllegalArgumentException} for a
   * value that is none of that table.
   */
  public static UnaryOperator<Bytes> of(int table) {
    return table == Tables.OBJECTS || table == Tables.VERSIONS
        ? ListedValue::withoutData
        : UnaryOperator.identity();
  }

  /** The fields as they are, but for those two. */
  private static Bytes withoutData(Bytes value) {
    byte[] row = value.array();
    var kept = new ByteArrayOutputStream();
    int copied = 0;
    try {
      CodedInputStream input = CodedInputStream.newInstance(row);
      int start = 0;
      for (int tag = input.readTag(); tag != 0; tag = input.readTag()) {
        input.skipField(tag);
        int end = input.getTotalBytesRead();
        int field = WireFormat.getTagFieldNumber(tag);
        if (field == ObjectRow.INLINE_DATA_FIELD_NUMBER
            || field == ObjectRow.CHANGES_FIELD_NUMBER) {
          kept.write(row, copied, start - copied);
          copied = end;
        }
        start = end;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not an object's row", e);
    }
    kept.write(row, copied, row.length - copied);
    return copied == 0 ? value : Bytes.wrap(kept.toByteArray());
  }
}
