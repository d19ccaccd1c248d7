package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.store.row.RowStore;

/** Finds the newest version of a key by the rows of its versions. Thread-safe. */
record NewestVersion(RowStore rows) {
  /**
   * Returns the newest version that has a row; null when there is none.
   *
   * @param except the row of a version to ignore; null for none
   */
  @Nullable ObjectRow of(ObjectSlot slot, @Nullable Key except) {
    ObjectRow best = numbered(slot, except);
    Key ofNull = VersionRows.ofNull(slot.shard(), slot.key());
    ObjectRow nothing = ofNull.equals(except) ? null : ObjectRows.row(slot.in(rows).read(ofNull));
    boolean later =
        nothing != null
            && VersionRows.positionOf(nothing).compareTo(VersionRows.positionOf(best)) > 0;
    return later ? nothing : best;
  }

  private @Nullable ObjectRow numbered(ObjectSlot slot, @Nullable Key except) {
    Bytes prefix = VersionRows.firstNumbered(slot.key());
    var range = new ScanRange(Tables.VERSIONS, slot.shard(), prefix, prefix, null, 2);
    for (Reply.Entry entry : slot.in(rows).scanOfKey(range).entries()) {
      var place = new Key(Tables.VERSIONS, slot.shard(), entry.sort());
      if (!place.equals(except) && VersionRows.key(entry.sort()).equals(slot.key())) {
        // A listing leaves out the bytes of small objects.
        ObjectRow row = ObjectRows.row(slot.in(rows).read(place));
        if (row != null) {
          return row;
        }
      }
    }
    return null;
  }
}
