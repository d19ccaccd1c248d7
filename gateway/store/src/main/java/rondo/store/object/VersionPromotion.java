package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RowStore;

/**
 * How a version becomes the current one because newer ones were removed. A write that knows of no
 * removal may come between a removal's choice and its head: then the removed version still has its
 * row, and somebody else may promote it. So a promoted head leaves that row as it is, and after
 * every removal the head is looked at again: whoever of the two ends last sees what the other has
 * done. Thread-safe.
 */
record VersionPromotion(RowStore rows) {
  private static final int MOST_TRIES = 32;

  /**
   * The newest version that has a row, as a head; null when there is none.
   *
   * @param except the row of one that doesn't count; null for all
   */
  @Nullable ObjectRow of(ObjectSlot slot, @Nullable Key except) {
    ObjectRow newest = new NewestVersion(rows).of(slot, except);
    return newest == null ? null : newest.toBuilder().setPromoted(true).build();
  }

  /** Whether a head is of a version that has no row any more. */
  boolean isRemoved(ObjectSlot slot, @Nullable ObjectRow head) {
    return head != null
        && head.getPromoted()
        && ObjectRows.row(slot.in(rows).read(VersionRows.of(slot.shard(), slot.key(), head)))
            == null;
  }

  /** Makes the newest version that there is the current one, where another one is. */
  void promote(ObjectSlot slot) {
    for (int i = 0; i < MOST_TRIES; i++) {
      VersionedValue head = slot.in(rows).read(slot.head());
      ObjectRow now = ObjectRows.row(head);
      ObjectRow best = of(slot, null);
      Stamp place =
          now == null || now.getVersion().isEmpty() ? head.stamp() : VersionRows.positionOf(now);
      boolean removed = isRemoved(slot, now);
      boolean none = now == null || now.getGone() || removed;
      if (best == null ? !removed : !none && VersionRows.positionOf(best).compareTo(place) <= 0) {
        return;
      }
      ObjectRow next = best == null ? ObjectRow.newBuilder().setGone(true).build() : best;
      slot.in(rows).update(slot.head(), VersionTable.after(head, next));
    }
  }
}
