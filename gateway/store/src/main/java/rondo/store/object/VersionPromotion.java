package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.VersionRows;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RowStore;

/**
 * Makes an older version the current one after newer ones were removed.
 *
 * <p>A removal chooses the next version, and then writes it as the head. A write that knows of no
 * removal may come between the two. The removed version then still has its row, and another gateway
 * may promote it. So a promoted head leaves the version's row as it is, and every removal looks at
 * the head again at its end: of the removal and the promotion, the one that ends last sees what the
 * other has done. Thread-safe.
 */
record VersionPromotion(RowStore rows) {
  private static final int MOST_TRIES = 32;

  /**
   * Returns the newest version that has a row, as a head; null when there is none.
   *
   * @param except the row of a version to ignore; null for none
   */
  @Nullable ObjectRow of(ObjectSlot slot, @Nullable Key except) {
    ObjectRow newest = new NewestVersion(rows).of(slot, except);
    return newest == null ? null : newest.toBuilder().setPromoted(true).build();
  }

  /** Whether the head's version has no row any more. */
  boolean isRemoved(ObjectSlot slot, @Nullable ObjectRow head) {
    return head != null
        && head.getPromoted()
        && ObjectRows.row(slot.in(rows).read(VersionRows.of(slot.shard(), slot.key(), head)))
            == null;
  }

  /** Makes the key's newest version the current one, unless it is that already. */
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
      slot.in(rows).update(slot.head(), ConditionalHead.after(head, next));
    }
  }
}
