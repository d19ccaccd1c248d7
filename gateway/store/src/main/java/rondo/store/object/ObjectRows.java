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

  /** Whether a head has no object: none was written, or the current version is a delete marker. */
  static boolean isNothing(VersionedValue head) {
    ObjectRow row = row(head);
    return row == null || row.getGone() || row.getDeleteMarker();
  }

  /**
   * The row with the time at which it comes to be current, where as-of reads need it: behind that
   * of the row which it replaces, even if the clock of that row's gateway is ahead.
   */
  static ObjectRow timed(ObjectSlot slot, ObjectRow row, VersionedValue before, long wallMicros) {
    if (!slot.bucket().keepsHistory()) {
      return row.toBuilder().clearWrittenMicros().build();
    }
    ObjectRow replaced = row(before);
    long after = replaced == null ? 0 : replaced.getWrittenMicros() + 1;
    return row.toBuilder().setWrittenMicros(Math.max(wallMicros, after)).build();
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
