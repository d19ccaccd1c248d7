package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** Reads objects' rows from the states of registers. Pure. */
public final class ObjectRows {
  private ObjectRows() {}

  static @Nullable public ObjectRow row(VersionedValue state) {
    return state.value() == null ? null : RowStore.decode(ObjectRow.parser(), state.value());
  }

  /**
   * The replaced row if it is lost with the write that replaced it, in a bucket without versions;
   * null when the row has a place among the versions, where it stays.
   */
  static @Nullable public ObjectRow withoutPlace(@Nullable ObjectRow row) {
    return row == null || row.getVersion().isEmpty() ? row : null;
  }

  static boolean sameBlobs(ObjectRow one, ObjectRow other) {
    return one.getSegmentsList().equals(other.getSegmentsList())
        && one.getReference().equals(other.getReference());
  }

  /**
   * Returns the row unless it is a delete marker.
   *
   * @throws StoreException DELETE_MARKER
   */
  static ObjectRow object(ObjectRow row) {
    if (row.getDeleteMarker()) {
      throw new StoreException(Reason.DELETE_MARKER);
    }
    return row;
  }
}
