package rondo.store.object;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.store.bucket.BlobReferences;
import rondo.store.bucket.BlobReleases;
import rondo.store.bucket.BucketTable;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.RandomIds;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/**
 * The objects, with their versions where their bucket keeps any. Whoever replaces or removes a row
 * for good releases the blobs that it named; a row that was certainly not written has its own blobs
 * released. Thread-safe.
 *
 * <p>Every method throws NOT_DONE when nothing was done, UNKNOWN (CONDITION_UNKNOWN under a
 * condition) when perhaps, and NO_SUCH_BUCKET.
 */
public final class ObjectTable {
  private final BucketTable buckets;
  private final RowStore rows;
  private final VersionTable versions;
  private final BlobReleases releases;
  private final BlobReferences references;
  private final RandomIds ids;

  public ObjectTable(BucketTable buckets, RowStore rows, BlobReleases releases, RandomIds ids) {
    this.buckets = buckets;
    this.rows = rows;
    this.versions = new VersionTable(rows);
    this.releases = releases;
    this.references = new BlobReferences(rows);
    this.ids = ids;
  }

  public BucketTable buckets() {
    return buckets;
  }

  public RowStore rows() {
    return rows;
  }

  public VersionTable versions() {
    return versions;
  }

  public BlobReleases releases() {
    return releases;
  }

  /** The object; null when there is none, or a delete marker (and the bucket is still there). */
  public @Nullable StoredObject read(Bucket bucket, String key) {
    StoredObject stored = find(bucket, key, null);
    return stored == null || stored.row().getDeleteMarker() ? null : stored;
  }

  /**
   * A version, which may be a delete marker.
   *
   * @param id null for the current one
   * @return null when there is none (and the bucket is still there)
   */
  public @Nullable StoredObject find(Bucket bucket, String key, @Nullable VersionId id) {
    return found(bucket, key, id, (now, head) -> rows.in(now).read(head));
  }

  /** The same as the request of this thread wants to see it ({@link Consistency}). */
  public @Nullable StoredObject see(Bucket bucket, String key, @Nullable VersionId id) {
    return found(bucket, key, id, rows::see);
  }

  private @Nullable StoredObject found(
      Bucket bucket,
      String key,
      @Nullable VersionId id,
      BiFunction<Bucket, Key, VersionedValue> reading) {
    StoredObject stored = buckets.in(bucket, now -> look(now, key, id, reading));
    if (stored == null) {
      Bucket now = buckets.successor(bucket);
      return now.sameAs(bucket) ? null : buckets.in(now, newer -> look(newer, key, id, reading));
    }
    return stored;
  }

  private @Nullable StoredObject look(
      Bucket now,
      String key,
      @Nullable VersionId id,
      BiFunction<Bucket, Key, VersionedValue> reading) {
    ObjectSlot slot = ObjectSlot.of(now, key);
    if (id != null) {
      return versions.read(slot, id);
    }
    VersionedValue state = reading.apply(now, slot.head());
    ObjectRow row = ObjectRows.row(state);
    return row == null || row.getGone() ? null : new StoredObject(row, state.stamp());
  }

  /**
   * Makes {@code row} the object, whatever was there.
   *
   * @return the row as it was written
   */
  public ObjectRow write(Bucket bucket, String key, ObjectRow row) {
    return write(bucket, key, row, null);
  }

  /**
   * Makes {@code row} the object if the one that is there allows it.
   *
   * @param condition null for none
   * @return the row as it was written
   * @throws RefusalException also what the condition refuses with
   */
  public ObjectRow write(
      Bucket bucket, String key, ObjectRow row, @Nullable WriteCondition condition) {
    ObjectRow mine = condition == null ? row : named(row);
    try {
      VersionTable.Written written =
          buckets.in(bucket, now -> write(now, ObjectSlot.of(now, key), mine, condition));
      gone(written.replaced(), row.getSegmentsList());
      return written.row();
    } catch (RefusalException refused) {
      if (!refused.isUnknown()) {
        releases.replaced(row, List.of());
      }
      throw refused;
    }
  }

  /** So that its writer knows it again, whoever brings a conditional write to its end. */
  private ObjectRow named(ObjectRow row) {
    return row.toBuilder().setNonce(RowStore.text(ids.next())).build();
  }

  private VersionTable.Written write(
      Bucket now, ObjectSlot slot, ObjectRow row, @Nullable WriteCondition condition) {
    if (now.keepsVersions()) {
      return condition == null ? versions.write(slot, row) : versions.write(slot, row, condition);
    }
    Bytes value = RowStore.encode(row);
    return new VersionTable.Written(row, ObjectRows.withoutPlace(replace(slot, value, condition)));
  }

  private @Nullable ObjectRow replace(
      ObjectSlot slot, @Nullable Bytes value, @Nullable WriteCondition condition) {
    ConditionalResult.Written written =
        condition == null
            ? slot.in(rows).write(slot.head(), value)
            : ConditionalHead.accepted(
                slot.in(rows).conditional(slot.head(), ConditionalHead.put(value, condition)),
                condition);
    return ObjectRows.row(written.before());
  }

  /**
   * What a deletion did.
   *
   * @param there whether there was something to delete
   * @param marker the delete marker that was written; null for none
   */
  public record Deleted(boolean there, @Nullable ObjectRow marker) {}

  /**
   * Deletes the object; where the bucket keeps versions, by a delete marker.
   *
   * @param marker who owns it and when it was made
   * @param condition null for none
   * @throws RefusalException also what the condition refuses with
   */
  public Deleted delete(
      Bucket bucket, String key, ObjectRow marker, @Nullable WriteCondition condition) {
    return buckets.in(bucket, now -> delete(now, ObjectSlot.of(now, key), marker, condition));
  }

  private Deleted delete(
      Bucket now, ObjectSlot slot, ObjectRow marker, @Nullable WriteCondition condition) {
    if (!now.keepsVersions()) {
      ObjectRow gone = replace(slot, null, condition);
      gone(ObjectRows.withoutPlace(gone), List.of());
      return new Deleted(gone != null, null);
    }
    ObjectRow row = marker.toBuilder().setDeleteMarker(true).build();
    VersionTable.Written written =
        condition == null ? versions.write(slot, row) : versions.write(slot, named(row), condition);
    gone(written.replaced(), List.of());
    return new Deleted(true, written.row());
  }

  /**
   * Removes a version for good.
   *
   * @param condition asked with the version where there is one
   * @return what is gone; null when there was no such version
   * @throws StoreException LOCKED; also what the condition refuses with
   */
  public @Nullable ObjectRow remove(
      Bucket bucket, String key, VersionId id, WriteCondition condition) {
    return remove(bucket, key, id, condition, false);
  }

  /**
   * The same, by a caller who may pass over governance and wants to, or not. What is locked stays:
   * that is judged on the version in the same moment in which it is removed.
   */
  public @Nullable ObjectRow remove(
      Bucket bucket, String key, VersionId id, WriteCondition condition, boolean bypass) {
    var unlocked = new ObjectLocks.Unlocked(condition, rows.wallMicros(), bypass);
    ObjectRow gone =
        buckets.in(
            bucket,
            now ->
                now.keepsVersions()
                    ? versions.remove(ObjectSlot.of(now, key), id, unlocked)
                    : id.equals(VersionId.NULL)
                        ? ObjectRows.withoutPlace(replace(ObjectSlot.of(now, key), null, condition))
                        : null);
    gone(gone, List.of());
    return gone;
  }

  /**
   * Changes a version's row, which keeps its blobs and its locks. The change is asked as often as
   * needed, and may refuse by an exception.
   *
   * @param id null for the current one
   * @return what the change was made to; null when there is no such version
   * @throws StoreException DELETE_MARKER for a delete marker, LOCKED where a lock would be lost
   */
  public @Nullable StoredObject change(
      Bucket bucket, String key, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    return relock(
        bucket,
        key,
        id,
        row -> {
          ObjectRow changed = change.apply(row);
          StoreException refusal = ObjectLocks.ofOtherChange(row, changed, rows.wallMicros());
          if (refusal != null) {
            throw refusal;
          }
          return changed;
        });
  }

  /** The same where locks are what the change is about: it judges them itself. */
  public @Nullable StoredObject relock(
      Bucket bucket, String key, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    return buckets.in(
        bucket,
        now ->
            versions.change(
                ObjectSlot.of(now, key), id, row -> change.apply(ObjectRows.object(row))));
  }

  /** The same to the current version. */
  public @Nullable StoredObject change(Bucket bucket, String key, UnaryOperator<ObjectRow> change) {
    return change(bucket, key, null, change);
  }

  /**
   * Makes {@code row}, which names the source's blobs, an object that shares them: no byte moves.
   *
   * @param source as it was read
   * @param condition null for none
   * @return the row as it was written; null when the source was changed meanwhile: nothing was done
   * @throws RefusalException also what the condition refuses with
   */
  public @Nullable ObjectRow share(
      ObjectPlace from,
      StoredObject source,
      ObjectPlace to,
      ObjectRow row,
      @Nullable WriteCondition condition) {
    Bytes mine = ids.next();
    boolean first = BlobReferences.of(source.row()).equals(BlobReferences.FIRST);
    List<Segment> segments = row.getSegmentsList();
    if (first) {
      references.add(
          segments, BlobReferences.FIRST, from.bucket().shardOf(from.keyBytes()), from.keyBytes());
    }
    references.add(segments, mine, to.bucket().shardOf(to.keyBytes()), to.keyBytes());
    StoredObject again = find(from.bucket(), from.key(), VersionId.of(source.row()));
    if (again == null || !ObjectRows.sameBlobs(again.row(), source.row())) {
      // The row that named them first never names them again: without it nobody else speaks for it.
      releases.drop(segments, first ? List.of(BlobReferences.FIRST, mine) : List.of(mine));
      return null;
    }
    return write(
        to.bucket(),
        to.key(),
        row.toBuilder().setReference(RowStore.text(mine)).build(),
        condition);
  }

  private void gone(@Nullable ObjectRow row, List<Segment> kept) {
    if (row != null) {
      releases.replaced(row, kept);
    }
  }
}
