package rondo.store.object;

import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The keys of buckets that keep versions, or once did. Every change of a key is a write to its head
 * ({@link VersionRows}). An operation that decides by a version first reads the head, settled, and
 * then writes the successor of that state, so that no other write comes between. Thread-safe.
 *
 * <p>A write that was overtaken when it is done may never have been the newest state, but its
 * version stays. If the head has gone back to an older version in the meantime, {@link
 * VersionPromotion} corrects it.
 */
public final class VersionTable {
  /** The most times that concurrent writes to the same key may come first. */
  private static final int MOST_TRIES = 32;

  private final RowStore rows;
  private final VersionPromotion promotion;
  private final SiblingVersions siblings;

  VersionTable(RowStore rows) {
    this.rows = rows;
    this.promotion = new VersionPromotion(rows);
    this.siblings = new SiblingVersions(rows);
  }

  /** The row as it was written, and the null version that it replaced (null for none). */
  public record Written(ObjectRow row, @Nullable ObjectRow replaced) {}

  /** Reads a version, current or not; null when there is none of that id. */
  @Nullable
  public StoredObject read(ObjectSlot slot, VersionId id) {
    if (id.position() == null) {
      // Head first: one without versions gets its null version's row before it is replaced.
      VersionedValue head = slot.in(rows).read(slot.head());
      ObjectRow row = ObjectRows.row(head);
      if (row != null && id.names(row)) {
        return new StoredObject(row, head.stamp());
      }
    }
    VersionedValue state = slot.in(rows).read(id.row(slot.shard(), slot.key()));
    ObjectRow row = ObjectRows.row(state);
    return row == null ? null : new StoredObject(row, state.stamp());
  }

  /** Makes a new version the current one, unconditionally. */
  Written write(ObjectSlot slot, ObjectRow row) {
    if (slot.bucket().isAvailable()) {
      return new Written(siblings.write(slot, row, before -> keepNull(slot, before)), null);
    }
    var made = new Written[] {new Written(row, null)};
    ConditionalResult.Written written =
        slot.in(rows)
            .succeed(
                slot.head(),
                (before, stamp) -> {
                  ObjectRow replaced =
                      slot.suspended() ? nullVersion(slot, before) : keepNull(slot, before);
                  made[0] = new Written(placed(slot, row, before, stamp), replaced);
                  return RowStore.encode(made[0].row());
                });
    if (written.overtaken()) {
      promotion.promote(slot);
    }
    return made[0];
  }

  /**
   * Makes a new version the current one if the condition allows it.
   *
   * @throws RefusalException the condition's refusal; CONDITION_UNKNOWN when it may have been done
   */
  Written write(ObjectSlot slot, ObjectRow row, WriteCondition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      VersionedValue head = slot.in(rows).read(slot.head());
      RefusalException refusal = condition.refusalOfHead(ObjectRows.row(head));
      if (refusal != null) {
        throw refusal;
      }
      ObjectRow replaced = slot.suspended() ? nullVersion(slot, head) : keepNull(slot, head);
      ObjectRow placed = placed(slot, row, head, VersionPositions.after(head, rows.wallMicros()));
      if (succeeds(
          slot.in(rows).conditional(slot.head(), ConditionalHead.own(head, placed)), slot)) {
        return new Written(placed, replaced);
      }
    }
    throw new StoreException(Reason.CONDITION_UNKNOWN);
  }

  /**
   * Makes a new version the current one if the head still has that stamp; returns null if not.
   *
   * @param position of the version ({@link VersionPositions})
   * @throws StoreException UNKNOWN when it is perhaps done
   */
  @Nullable
  public Written write(ObjectSlot slot, ObjectRow row, Stamp base, Stamp position) {
    VersionedValue head = slot.in(rows).read(slot.head());
    if (!head.stamp().equals(base)) {
      return null;
    }
    ObjectRow replaced = slot.suspended() ? nullVersion(slot, head) : keepNull(slot, head);
    ObjectRow placed = placed(slot, row, head, position);
    return succeeds(slot.in(rows).update(slot.head(), ConditionalHead.after(head, placed)), slot)
        ? new Written(placed, replaced)
        : null;
  }

  private boolean succeeds(ConditionalResult update, ObjectSlot slot) {
    if (update instanceof ConditionalResult.Written written && written.overtaken()) {
      promotion.promote(slot);
    }
    return update instanceof ConditionalResult.Written;
  }

  private ObjectRow placed(ObjectSlot slot, ObjectRow row, VersionedValue head, Stamp stamp) {
    return placed(slot, ObjectRows.timed(slot, row, head, rows.wallMicros()), stamp);
  }

  static ObjectRow placed(ObjectSlot slot, ObjectRow row, Stamp stamp) {
    return row.toBuilder()
        .setVersion(VersionRows.position(stamp))
        .setNullVersion(slot.suspended())
        .clearPromoted()
        .build();
  }

  /** Gives a head without versions, before it is replaced, a row as the null version. */
  private @Nullable ObjectRow keepNull(ObjectSlot slot, VersionedValue head) {
    ObjectRow row = ObjectRows.row(head);
    if (row != null && row.getVersion().isEmpty() && !row.getGone()) {
      ObjectRow kept =
          row.toBuilder()
              .setVersion(VersionRows.position(head.stamp()))
              .setNullVersion(true)
              .clearChanges()
              .build();
      slot.in(rows)
          .copy(
              VersionRows.ofNull(slot.shard(), slot.key()),
              new VersionedValue(head.stamp(), RowStore.encode(kept)));
    }
    return null;
  }

  private @Nullable ObjectRow nullVersion(ObjectSlot slot, VersionedValue head) {
    ObjectRow row = ObjectRows.row(head);
    return VersionId.NULL.names(row)
        ? row
        : ObjectRows.row(slot.in(rows).read(VersionRows.ofNull(slot.shard(), slot.key())));
  }

  /**
   * Removes a version for good; the newest remaining version becomes the current one. A write may
   * come between the removal's choice and its head: another gateway may then promote the removed
   * version. Of the two, the one that ends last sees what the other has done.
   *
   * @param condition checked with the version, if there is one
   * @return the version; null when there was none of that id
   * @throws RefusalException the condition's refusal
   */
  @Nullable ObjectRow remove(ObjectSlot slot, VersionId id, WriteCondition condition) {
    return slot.bucket().isAvailable()
        ? siblings.remove(slot, id, condition)
        : retryUnknown(id, () -> removed(slot, id, condition));
  }

  /**
   * Tries a removal again after an unknown outcome. No other version ever gets that id, so a second
   * removal does no harm, and one that finds no version knows that the first was done. Null
   * versions are tried once, since a later one has the same id.
   *
   * @throws RefusalException the removal's; UNKNOWN when it may have been done
   */
  private static @Nullable ObjectRow retryUnknown(
      VersionId id, Supplier<@Nullable ObjectRow> removal) {
    try {
      return removal.get();
    } catch (StoreException unknown) {
      if (unknown.reason() != Reason.UNKNOWN || id.position() == null) {
        throw unknown;
      }
      try {
        return removal.get();
      } catch (StoreException refused) {
        throw refused.reason() == Reason.NOT_DONE ? unknown : refused;
      }
    }
  }

  private @Nullable ObjectRow removed(ObjectSlot slot, VersionId id, WriteCondition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      VersionedValue head = slot.in(rows).read(slot.head());
      ObjectRow now = ObjectRows.row(head);
      Key place = id.row(slot.shard(), slot.key());
      boolean current = id.names(now);
      ObjectRow version = current ? now : ObjectRows.row(slot.in(rows).read(place));
      if (version == null) {
        return null;
      }
      RefusalException refusal = condition.refusal(version);
      if (refusal != null) {
        throw refusal;
      }
      ObjectRow left = current || now == null || now.getGone() ? promotion.of(slot, place) : now;
      ObjectRow next =
          (left == null ? ObjectRow.newBuilder().setGone(true) : left.toBuilder())
              .clearChanges()
              .addChanges(VersionChange.newBuilder().setSort(RowStore.text(place.sort())))
              .build();
      if (succeeds(slot.in(rows).update(slot.head(), ConditionalHead.after(head, next)), slot)) {
        if (left == null) {
          forget(slot, head.stamp().successor());
        }
        if (promotion.isRemoved(slot, ObjectRows.row(slot.in(rows).read(slot.head())))) {
          promotion.promote(slot);
        }
        return version;
      }
    }
    throw new StoreException(Reason.NOT_DONE);
  }

  /** Removes the row of a key without versions. No reader would see the row if it stayed. */
  private void forget(ObjectSlot slot, Stamp gone) {
    slot.in(rows).update(slot.head(), ConditionalHead.after(new VersionedValue(gone, null), null));
  }

  /**
   * Changes a version where it is, current or not.
   *
   * @param id null for the current version
   * @param change gets the version, which may be a delete marker; may be called several times
   * @return the version before the change; null when there is none
   */
  @Nullable StoredObject change(
      ObjectSlot slot, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    for (int i = 0; i < MOST_TRIES; i++) {
      VersionedValue head = slot.in(rows).read(slot.head());
      ObjectRow now = ObjectRows.row(head);
      if (promotion.isRemoved(slot, now)) {
        promotion.promote(slot);
        continue;
      }
      boolean current = id == null || id.names(now);
      Key place = id == null ? slot.head() : id.row(slot.shard(), slot.key());
      ObjectRow version = current ? now : ObjectRows.row(slot.in(rows).read(place));
      if (version == null || version.getGone() || slot.isHiddenMarker(version)) {
        return null;
      }
      ObjectRow changed = change.apply(version).toBuilder().clearChanges().clearPromoted().build();
      ObjectRow next = current ? changed : beside(now, place, changed);
      ConditionalResult update =
          slot.in(rows).update(slot.head(), ConditionalHead.after(head, next));
      if (update instanceof ConditionalResult.Written written
          && !written.overtaken()
          && (current || !isCurrent(slot, id))) {
        return new StoredObject(version, head.stamp());
      }
    }
    throw new StoreException(Reason.NOT_DONE);
  }

  private boolean isCurrent(ObjectSlot slot, @Nullable VersionId id) {
    return id != null && id.names(ObjectRows.row(slot.in(rows).read(slot.head())));
  }

  private static ObjectRow beside(@Nullable ObjectRow now, Key place, ObjectRow changed) {
    var change = VersionChange.newBuilder().setSort(RowStore.text(place.sort())).setRow(changed);
    return (now == null ? ObjectRow.newBuilder().setGone(true) : now.toBuilder())
        .clearChanges()
        .addChanges(change)
        .build();
  }
}
