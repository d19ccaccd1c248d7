package rondo.gateway.store;

import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.VersionChange;
import rondo.metadata.table.Keys;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * The keys of buckets that keep versions, or did. Everything that happens to a key is a write to
 * its head ({@link VersionRows}): whoever concludes something from a version reads the head first,
 * settled, and writes as that state's successor, so that nothing came between. Thread-safe.
 *
 * <p>A write that finds itself overtaken when it is done was perhaps never the newest state, but
 * its version stays. Where the head meanwhile went back to an older version, {@link Promotion} puts
 * it right.
 */
final class Versions {
  /** Others that write to the same key at once may come first so often. */
  private static final int MOST_TRIES = 32;

  private final Rows rows;
  private final Promotion promotion;
  private final Siblings siblings;

  Versions(Rows rows) {
    this.rows = rows;
    this.promotion = new Promotion(rows);
    this.siblings = new Siblings(rows);
  }

  /** One key of a bucket. */
  record Slot(Bytes shard, Bytes key, BucketRow.Versioning versioning, boolean available) {
    static Slot of(Bucket bucket, String key) {
      Bytes bytes = Bytes.utf8(key);
      return new Slot(
          bucket.shardOf(bytes), bytes, bucket.row().getVersioning(), bucket.isAvailable());
    }

    Key head() {
      return Keys.object(shard, key);
    }

    boolean suspended() {
      return versioning == BucketRow.Versioning.SUSPENDED;
    }
  }

  /**
   * What a write did.
   *
   * @param row as it was written
   * @param replaced the null version that it took the place of; null when there was none
   */
  record Written(ObjectRow row, @Nullable ObjectRow replaced) {}

  /** A version, whatever its place; null when there is none of that id. */
  @Nullable Stored read(Slot slot, VersionId id) {
    if (id.position() == null) {
      // In this order: before a head without versions is replaced, the null version's row is made.
      Versioned head = rows.read(slot.head());
      ObjectRow row = ObjectRows.row(head);
      if (row != null && id.names(row)) {
        return new Stored(row, head.stamp());
      }
    }
    Versioned state = rows.read(id.row(slot.shard(), slot.key()));
    ObjectRow row = ObjectRows.row(state);
    return row == null ? null : new Stored(row, state.stamp());
  }

  /** Makes a new version the current one. */
  Written write(Slot slot, ObjectRow row) {
    if (slot.available()) {
      return new Written(siblings.write(slot, row, before -> keepNull(slot, before)), null);
    }
    var seen = new ObjectRow[1];
    Update.Written written =
        rows.succeed(
            slot.head(),
            (before, stamp) -> {
              seen[0] = slot.suspended() ? nullVersion(slot, before) : keepNull(slot, before);
              return Rows.encode(placed(slot, row, stamp));
            });
    if (written.overtaken()) {
      promotion.promote(slot);
    }
    return new Written(placed(slot, row, written.stamp()), seen[0]);
  }

  /**
   * The same if the current version allows it.
   *
   * @throws S3Exception what the condition refuses with; ConditionalRequestConflict when it is
   *     perhaps done
   */
  Written write(Slot slot, ObjectRow row, Condition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Versioned head = rows.read(slot.head());
      S3Exception refusal = condition.refusalOfHead(ObjectRows.row(head));
      if (refusal != null) {
        throw refusal;
      }
      ObjectRow replaced = slot.suspended() ? nullVersion(slot, head) : keepNull(slot, head);
      ObjectRow placed = placed(slot, row, head.stamp().successor());
      if (succeeds(rows.conditional(slot.head(), own(head, placed)), slot)) {
        return new Written(placed, replaced);
      }
    }
    throw new S3Exception(S3Error.CONDITIONAL_REQUEST_CONFLICT);
  }

  /**
   * The same if the head still has that stamp; null when it hasn't.
   *
   * @throws S3Exception ServiceUnavailable when it is perhaps done
   */
  @Nullable Written write(Slot slot, ObjectRow row, Stamp base) {
    Versioned head = rows.read(slot.head());
    if (!head.stamp().equals(base)) {
      return null;
    }
    ObjectRow replaced = slot.suspended() ? nullVersion(slot, head) : keepNull(slot, head);
    ObjectRow placed = placed(slot, row, base.successor());
    return succeeds(rows.update(slot.head(), after(head, placed)), slot)
        ? new Written(placed, replaced)
        : null;
  }

  private boolean succeeds(Update update, Slot slot) {
    if (update instanceof Update.Written written && written.overtaken()) {
      promotion.promote(slot);
    }
    return update instanceof Update.Written;
  }

  /** Of a row that no other writer makes. */
  private static Function<Versioned, Judgement> own(Versioned head, ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Judgement.PutOwn(Rows.encode(next))
            : new Judgement.Decline();
  }

  static Function<Versioned, Judgement> after(Versioned head, @Nullable ObjectRow next) {
    return before ->
        before.stamp().equals(head.stamp())
            ? new Judgement.Put(next == null ? null : Rows.encode(next))
            : new Judgement.Decline();
  }

  static ObjectRow placed(Slot slot, ObjectRow row, Stamp stamp) {
    return row.toBuilder()
        .setVersion(VersionRows.position(stamp))
        .setNullVersion(slot.suspended())
        .clearPromoted()
        .build();
  }

  /** Gives a head without versions, which is about to be replaced, a row as the null version. */
  private @Nullable ObjectRow keepNull(Slot slot, Versioned head) {
    ObjectRow row = ObjectRows.row(head);
    if (row != null && row.getVersion().isEmpty() && !row.getGone()) {
      ObjectRow kept =
          row.toBuilder()
              .setVersion(VersionRows.position(head.stamp()))
              .setNullVersion(true)
              .clearChanges()
              .build();
      rows.copy(
          VersionRows.ofNull(slot.shard(), slot.key()),
          new Versioned(head.stamp(), Rows.encode(kept)));
    }
    return null;
  }

  private @Nullable ObjectRow nullVersion(Slot slot, Versioned head) {
    ObjectRow row = ObjectRows.row(head);
    return VersionId.NULL.names(row)
        ? row
        : ObjectRows.row(rows.read(VersionRows.ofNull(slot.shard(), slot.key())));
  }

  /**
   * Removes a version for good; the newest of those that are left becomes the current one. A write
   * that knows of no removal may have come between one and its head: the removed row is on its way
   * then, while somebody else promotes that version. Whoever of the two ends last sees what the
   * other has done.
   *
   * @param condition asked with the version where there is one
   * @return the version; null when there was none of that id
   * @throws S3Exception what the condition refuses with
   */
  @Nullable ObjectRow remove(Slot slot, VersionId id, Condition condition) {
    return slot.available()
        ? siblings.remove(slot, id, condition)
        : SecondLook.settled(id, () -> removed(slot, id, condition));
  }

  private @Nullable ObjectRow removed(Slot slot, VersionId id, Condition condition) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Versioned head = rows.read(slot.head());
      ObjectRow now = ObjectRows.row(head);
      Key place = id.row(slot.shard(), slot.key());
      boolean current = id.names(now);
      ObjectRow version = current ? now : ObjectRows.row(rows.read(place));
      if (version == null) {
        return null;
      }
      S3Exception refusal = condition.refusal(version);
      if (refusal != null) {
        throw refusal;
      }
      ObjectRow left = current || now == null || now.getGone() ? promotion.of(slot, place) : now;
      ObjectRow next =
          (left == null ? ObjectRow.newBuilder().setGone(true) : left.toBuilder())
              .clearChanges()
              .addChanges(VersionChange.newBuilder().setSort(Rows.text(place.sort())))
              .build();
      if (succeeds(rows.update(slot.head(), after(head, next)), slot)) {
        if (left == null) {
          forget(slot, head.stamp().successor());
        }
        if (promotion.isRemoved(slot, ObjectRows.row(rows.read(slot.head())))) {
          promotion.promote(slot);
        }
        return version;
      }
    }
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  /** A key without versions needs no row; that it still has one shows nowhere. */
  private void forget(Slot slot, Stamp gone) {
    rows.update(slot.head(), after(new Versioned(gone, null), null));
  }

  /**
   * Changes a version in its place, current or not.
   *
   * @param id null for the current one
   * @param change of a version that is none but a delete marker
   * @return what the change was made to; null when there is no such version
   */
  @Nullable Stored change(Slot slot, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    for (int i = 0; i < MOST_TRIES; i++) {
      Versioned head = rows.read(slot.head());
      ObjectRow now = ObjectRows.row(head);
      if (promotion.isRemoved(slot, now)) {
        promotion.promote(slot);
        continue;
      }
      boolean current = id == null || id.names(now);
      Key place = id == null ? slot.head() : id.row(slot.shard(), slot.key());
      ObjectRow version = current ? now : ObjectRows.row(rows.read(place));
      if (version == null || version.getGone()) {
        return null;
      }
      ObjectRow changed = change.apply(version).toBuilder().clearChanges().clearPromoted().build();
      ObjectRow next = current ? changed : beside(now, place, changed);
      Update update = rows.update(slot.head(), after(head, next));
      if (update instanceof Update.Written written
          && !written.overtaken()
          && (current || !isCurrent(slot, id))) {
        return new Stored(version, head.stamp());
      }
    }
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  private boolean isCurrent(Slot slot, @Nullable VersionId id) {
    return id != null && id.names(ObjectRows.row(rows.read(slot.head())));
  }

  private static ObjectRow beside(@Nullable ObjectRow now, Key place, ObjectRow changed) {
    var change = VersionChange.newBuilder().setSort(Rows.text(place.sort())).setRow(changed);
    return (now == null ? ObjectRow.newBuilder().setGone(true) : now.toBuilder())
        .clearChanges()
        .addChanges(change)
        .build();
  }
}
