package rondo.store.object;

import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The keys of buckets that keep versions, or did. Everything that happens to a key is a write to
 * its head ({@link VersionRows}): whoever concludes something from a version reads the head first,
 * settled, and writes as that state's successor, so that nothing came between. Thread-safe.
 *
 * <p>A write that finds itself overtaken when it is done was perhaps never the newest state, but
 * its version stays. Where the head meanwhile went back to an older version, {@link
 * VersionPromotion} puts it right.
 */
public final class VersionTable {
  /** Others that write to the same key at once may come first so often. */
  private static final int MOST_TRIES = 32;

  private final RowStore rows;
  private final VersionPromotion promotion;
  private final SiblingVersions siblings;

  VersionTable(RowStore rows) {
    this.rows = rows;
    this.promotion = new VersionPromotion(rows);
    this.siblings = new SiblingVersions(rows);
  }

  /**
   * What a write did.
   *
   * @param row as it was written
   * @param replaced the null version that it took the place of; null when there was none
   */
  public record Written(ObjectRow row, @Nullable ObjectRow replaced) {}

  /** A version, whatever its place; null when there is none of that id. */
  @Nullable
  public StoredObject read(ObjectSlot slot, VersionId id) {
    if (id.position() == null) {
      // In this order: before a head without versions is replaced, the null version's row is made.
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

  /** Makes a new version the current one. */
  Written write(ObjectSlot slot, ObjectRow row) {
    if (slot.bucket().isAvailable()) {
      return new Written(siblings.write(slot, row, before -> keepNull(slot, before)), null);
    }
    var seen = new ObjectRow[1];
    ConditionalResult.Written written =
        slot.in(rows)
            .succeed(
                slot.head(),
                (before, stamp) -> {
                  seen[0] = slot.suspended() ? nullVersion(slot, before) : keepNull(slot, before);
                  return RowStore.encode(placed(slot, row, stamp));
                });
    if (written.overtaken()) {
      promotion.promote(slot);
    }
    return new Written(placed(slot, row, written.stamp()), seen[0]);
  }

  /**
   * The same if the current version allows it.
   *
   * @throws RefusalException what the condition refuses with; CONDITION_UNKNOWN when it is perhaps
   *     done
   */
  Written write(ObjectSlot slot, ObjectRow row, WriteCondition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      VersionedValue head = slot.in(rows).read(slot.head());
      RefusalException refusal = condition.refusalOfHead(ObjectRows.row(head));
      if (refusal != null) {
        throw refusal;
      }
      ObjectRow replaced = slot.suspended() ? nullVersion(slot, head) : keepNull(slot, head);
      ObjectRow placed = placed(slot, row, VersionPositions.after(head, rows.wallMicros()));
      if (succeeds(slot.in(rows).conditional(slot.head(), own(head, placed)), slot)) {
        return new Written(placed, replaced);
      }
    }
    throw new StoreException(Reason.CONDITION_UNKNOWN);
  }

  /**
   * The same if the head still has that stamp; null when it hasn't.
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
    ObjectRow placed = placed(slot, row, position);
    return succeeds(slot.in(rows).update(slot.head(), after(head, placed)), slot)
        ? new Written(placed, replaced)
        : null;
  }

  private boolean succeeds(ConditionalResult update, ObjectSlot slot) {
    if (update instanceof ConditionalResult.Written written && written.overtaken()) {
      promotion.promote(slot);
    }
    return update instanceof ConditionalResult.Written;
  }

  /** Of a row that no other writer makes. */
  private static Function<VersionedValue, Decision> own(VersionedValue head, ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Decision.PutOwn(RowStore.encode(next))
            : new Decision.Decline();
  }

  static Function<VersionedValue, Decision> after(VersionedValue head, @Nullable ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Decision.Put(next == null ? null : RowStore.encode(next))
            : new Decision.Decline();
  }

  static ObjectRow placed(ObjectSlot slot, ObjectRow row, Stamp stamp) {
    return row.toBuilder()
        .setVersion(VersionRows.position(stamp))
        .setNullVersion(slot.suspended())
        .clearPromoted()
        .build();
  }

  /** Gives a head without versions, which is about to be replaced, a row as the null version. */
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
   * Removes a version for good; the newest of those that are left becomes the current one. A write
   * that knows of no removal may have come between one and its head: the removed row is on its way
   * then, while somebody else promotes that version. Whoever of the two ends last sees what the
   * other has done.
   *
   * @param condition asked with the version where there is one
   * @return the version; null when there was none of that id
   * @throws RefusalException what the condition refuses with
   */
  @Nullable ObjectRow remove(ObjectSlot slot, VersionId id, WriteCondition condition) {
    return slot.bucket().isAvailable()
        ? siblings.remove(slot, id, condition)
        : retryUnknown(id, () -> removed(slot, id, condition));
  }

  /**
   * Tries a removal a second time when it isn't known whether the first did it. A second removal
   * does no harm, since no other version ever gets that id, and one that finds no version is known
   * to be done. Null versions are tried once: another may come.
   *
   * @throws RefusalException the removal's; UNKNOWN when it is perhaps done
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
      if (succeeds(slot.in(rows).update(slot.head(), after(head, next)), slot)) {
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

  /** A key without versions needs no row; that it still has one shows nowhere. */
  private void forget(ObjectSlot slot, Stamp gone) {
    slot.in(rows).update(slot.head(), after(new VersionedValue(gone, null), null));
  }

  /**
   * Changes a version in its place, current or not.
   *
   * @param id null for the current one
   * @param change of a version that is none but a delete marker
   * @return what the change was made to; null when there is no such version
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
      if (version == null || version.getGone()) {
        return null;
      }
      ObjectRow changed = change.apply(version).toBuilder().clearChanges().clearPromoted().build();
      ObjectRow next = current ? changed : beside(now, place, changed);
      ConditionalResult update = slot.in(rows).update(slot.head(), after(head, next));
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
