package rondo.gateway.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.register.Versioned;

/** What the states of objects' registers say. Pure. */
final class ObjectRows {
  private ObjectRows() {}

  static @Nullable ObjectRow row(Versioned state) {
    return state.value() == null ? null : Rows.decode(ObjectRow.parser(), state.value());
  }

  /**
   * The row that a writer replaced who doesn't know of versions; null when it has a place among
   * them, where it stays.
   */
  static @Nullable ObjectRow withoutPlace(@Nullable ObjectRow row) {
    return row == null || row.getVersion().isEmpty() ? row : null;
  }

  /**
   * The row of an object.
   *
   * @throws S3Exception MethodNotAllowed for a delete marker
   */
  static ObjectRow object(ObjectRow row) {
    if (row.getDeleteMarker()) {
      throw new S3Exception(
          S3Error.METHOD_NOT_ALLOWED,
          S3Error.METHOD_NOT_ALLOWED.message(),
          Map.of(),
          Map.of("x-amz-delete-marker", "true", "Allow", "DELETE"));
    }
    return row;
  }
}
