package rondo.store.object;

import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.value.Bytes;
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
 * The objects, with their versions where their bucket keeps any. A write that replaces or removes a
 * row for good releases the blobs of that row. A write that was certainly not done releases the
 * blobs of its own row. Thread-safe.
 *
 * <p>Every method throws {@link rondo.store.row.StoreException}: NOT_DONE when nothing was done,
 * UNKNOWN (CONDITION_UNKNOWN under a condition) when it may have been done, and NO_SUCH_BUCKET.
 */
public final class ObjectTable {
  private final BucketTable buckets;
  private final RowStore rows;
  private final VersionTable versions;
  private final VersionReader reader;
  private final BlobReleases releases;
  private final BlobReferences references;
  private final RandomIds ids;

  public ObjectTable(BucketTable buckets, RowStore rows, BlobReleases releases, RandomIds ids) {
    this.buckets = buckets;
    this.rows = rows;
    this.versions = new VersionTable(rows);
    this.reader = new VersionReader(buckets, versions);
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

  /** Reads the current object; null for none and for a delete marker. */
  public @Nullable StoredObject read(Bucket bucket, String key) {
    StoredObject stored = find(bucket, key, null);
    return stored == null || stored.row().getDeleteMarker() ? null : stored;
  }

  /**
   * Reads a version, linearizably. It may be a delete marker.
   *
   * @param id null for the current version
   * @return null when there is none and the bucket is still there
   */
  public @Nullable StoredObject find(Bucket bucket, String key, @Nullable VersionId id) {
    return reader.read(bucket, key, id, (now, head) -> rows.in(now).read(head));
  }

  /**
   * Reads a version at the level, and in the session, of this thread's request ({@link
   * Consistency}).
   *
   * @param id null for the current version
   * @return null when there is none and the bucket is still there
   */
  public @Nullable StoredObject see(Bucket bucket, String key, @Nullable VersionId id) {
    return reader.read(bucket, key, id, rows::see);
  }

  /** Makes {@code row} the object, unconditionally; returns the row as it was written. */
  public ObjectRow write(Bucket bucket, String key, ObjectRow row) {
    return write(bucket, key, row, null);
  }

  /**
   * Makes {@code row} the object if the condition allows it.
   *
   * @param condition null for none
   * @return the row as it was written
   * @throws RefusalException the condition's refusal, too
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

  /** Gives the row a nonce, by which its writer knows it when another coordinator writes it. */
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

  /** Whether there was an object to delete, and the delete marker that was written, if any. */
  public record Deletion(boolean there, @Nullable ObjectRow marker) {}

  /**
   * Deletes the object; in a bucket that keeps versions, writes a delete marker.
   *
   * @param marker the marker's owner and time
   * @param condition null for none
   * @throws RefusalException the condition's refusal, too
   */
  public Deletion delete(
      Bucket bucket, String key, ObjectRow marker, @Nullable WriteCondition condition) {
    return buckets.in(bucket, now -> delete(now, ObjectSlot.of(now, key), marker, condition));
  }

  private Deletion delete(
      Bucket now, ObjectSlot slot, ObjectRow marker, @Nullable WriteCondition condition) {
    if (!now.keepsVersions()) {
      ObjectRow gone = replace(slot, null, condition);
      gone(ObjectRows.withoutPlace(gone), List.of());
      return new Deletion(gone != null, null);
    }
    if (now.keepsHistory()
        && condition == null
        && ObjectRows.isNothing(slot.in(rows).read(slot.head()))) {
      return new Deletion(false, null);
    }
    ObjectRow row = marker.toBuilder().setDeleteMarker(true).build();
    VersionTable.Written written =
        condition == null ? versions.write(slot, row) : versions.write(slot, named(row), condition);
    gone(written.replaced(), List.of());
    return new Deletion(true, written.row());
  }

  /** Removes a version for good, unless it is locked; doesn't bypass governance retention. */
  public @Nullable ObjectRow remove(
      Bucket bucket, String key, VersionId id, WriteCondition condition) {
    return remove(bucket, key, id, condition, false);
  }

  /**
   * Removes a version for good, unless it is locked. The lock is checked on the version that is
   * removed, in the same atomic step.
   *
   * @param condition checked with the version, if there is one
   * @param bypass whether the caller may bypass governance retention, and asks to
   * @return the removed row; null when there was no such version
   * @throws StoreException LOCKED; the condition's refusal, too
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
   * Changes a version's row, but not its blobs and locks.
   *
   * @param id null for the current version
   * @param change may be called several times; its exceptions end the change
   * @return the row before the change; null when there is no such version
   * @throws StoreException DELETE_MARKER for a delete marker; LOCKED when a lock would be lost
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

  /**
   * Changes a version's row, including its locks.
   *
   * @param id null for the current version
   * @param change may be called several times; has to check the locks, and its exceptions end the
   *     change
   * @return the row before the change; null when there is no such version
   * @throws StoreException DELETE_MARKER for a delete marker
   */
  public @Nullable StoredObject relock(
      Bucket bucket, String key, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    return buckets.in(
        bucket,
        now ->
            versions.change(
                ObjectSlot.of(now, key), id, row -> change.apply(ObjectRows.object(row))));
  }

  /** Changes the current version's row, but not its blobs and locks. */
  public @Nullable StoredObject change(Bucket bucket, String key, UnaryOperator<ObjectRow> change) {
    return change(bucket, key, null, change);
  }

  /**
   * Writes {@code row} as an object that shares the source's blobs, so that no bytes are copied.
   *
   * @param source the source as it was read
   * @param row names the source's blobs
   * @param condition null for none
   * @return the row as it was written; null when the source has changed since: nothing was done
   * @throws RefusalException the condition's refusal, too
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
      // The first owner's row has gone: nothing else would remove its reference.
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
