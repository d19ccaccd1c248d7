package rondo.metadata.listing;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
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

  private static Bytes withoutData(Bytes value) {
    try {
      // The row's array is never changed, so that parsing needs no copy of the data it drops.
      CodedInputStream input = UnsafeByteOperations.unsafeWrap(value.array()).newCodedInput();
      input.enableAliasing(true);
      ObjectRow row = ObjectRow.parseFrom(input);
      return row.getInlineData().isEmpty() && row.getChangesCount() == 0
          ? value
          : Bytes.wrap(row.toBuilder().clearInlineData().clearChanges().build().toByteArray());
    } catch (IOException e) {
      throw new IllegalArgumentException("not an object's row", e);
    }
  }
}
