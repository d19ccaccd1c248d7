package rondo.store.history;

import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.Store;
import rondo.store.object.ObjectRows;
import rondo.store.object.ObjectSlot;
import rondo.store.object.StoredObject;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/** Reads objects of buckets with an undelete window as of a time. Thread-safe. */
public record HistoryReader(Store store) {
  /** Most keys have fewer versions in a window; the newest that is old enough ends the read. */
  private static final int PAGE = 100;

  /**
   * Reads the object that a key had at a time, linearizably.
   *
   * @param asOfMicros microseconds since 1970
   * @return null when it had none
   * @throws rondo.store.row.StoreException NO_HISTORY, NOT_DONE, NO_SUCH_BUCKET
   */
  public @Nullable StoredObject find(Bucket bucket, String key, long asOfMicros) {
    HistoryReach.require(bucket, asOfMicros, store.rows().wallMicros());
    StoredObject found =
        store.buckets().in(bucket, now -> version(ObjectSlot.of(now, key), asOfMicros));
    return found == null || found.row().getDeleteMarker() ? null : found;
  }

  /** The newest version that was written by then. The head is read first: it has all versions. */
  private @Nullable StoredObject version(ObjectSlot slot, long asOfMicros) {
    VersionedValue head = slot.in(store.rows()).read(slot.head());
    ObjectRow now = ObjectRows.row(head);
    if (now != null && !now.getGone() && HistoryReach.isWrittenBy(now, asOfMicros)) {
      return new StoredObject(now, head.stamp());
    }
    ObjectRow former = former(slot, asOfMicros);
    if (former == null) {
      return null;
    }
    // A listing leaves out the bytes of small objects.
    VersionedValue state =
        slot.in(store.rows()).read(VersionRows.of(slot.shard(), slot.key(), former));
    ObjectRow row = ObjectRows.row(state);
    return row == null ? null : new StoredObject(row, state.stamp());
  }

  /** The newest numbered version; else the null version, which is from before the window. */
  private @Nullable ObjectRow former(ObjectSlot slot, long asOfMicros) {
    Bytes first = VersionRows.first(slot.key());
    var range = new ScanRange(Tables.VERSIONS, slot.shard(), first, first, null, PAGE);
    ObjectRow nothing = null;
    for (Reply.Entry entry : PageCursor.over(range, slot.in(store.rows())::scan)) {
      Bytes value = entry.value();
      if (value == null || !VersionRows.key(entry.sort()).equals(slot.key())) {
        continue;
      }
      ObjectRow row = RowStore.decode(ObjectRow.parser(), value);
      if (VersionRows.isNull(entry.sort())) {
        nothing = row;
      } else if (HistoryReach.isWrittenBy(row, asOfMicros)) {
        return row;
      }
    }
    return nothing;
  }
}
