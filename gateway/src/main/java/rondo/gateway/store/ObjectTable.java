package rondo.gateway.store;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.coordinate.Update;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * The objects, with their versions where their bucket keeps any. Whoever replaces or removes a row
 * for good releases the blobs that it named; a row that was certainly not written has its own blobs
 * released. Thread-safe.
 *
 * <p>Every method throws SlowDown when nothing was done, ServiceUnavailable
 * (ConditionalRequestConflict under a condition) when perhaps, and NoSuchBucket.
 */
public final class ObjectTable {
  private final BucketTable buckets;
  private final Rows rows;
  private final Versions versions;
  private final Releases releases;
  private final References references;
  private final RandomIds ids;

  ObjectTable(BucketTable buckets, Rows rows, Releases releases, RandomIds ids) {
    this.buckets = buckets;
    this.rows = rows;
    this.versions = new Versions(rows);
    this.releases = releases;
    this.references = new References(rows);
    this.ids = ids;
  }

  Versions versions() {
    return versions;
  }

  /** The object; null when there is none, or a delete marker (and the bucket is still there). */
  public @Nullable Stored read(Bucket bucket, String key) {
    Stored stored = find(bucket, key, null);
    return stored == null || stored.row().getDeleteMarker() ? null : stored;
  }

  /**
   * A version, which may be a delete marker.
   *
   * @param id null for the current one
   * @return null when there is none (and the bucket is still there)
   */
  public @Nullable Stored find(Bucket bucket, String key, @Nullable VersionId id) {
    return found(bucket, key, id, (now, head) -> rows.read(head));
  }

  /** The same as the request of this thread wants to see it ({@link Consistency}). */
  public @Nullable Stored see(Bucket bucket, String key, @Nullable VersionId id) {
    Consistency consistency = Consistency.current();
    return found(bucket, key, id, (now, head) -> consistency.read(rows, now, head));
  }

  private @Nullable Stored found(
      Bucket bucket,
      String key,
      @Nullable VersionId id,
      BiFunction<Bucket, Key, Versioned> reading) {
    Stored stored = buckets.in(bucket, now -> look(now, key, id, reading));
    if (stored == null) {
      Bucket now = buckets.successor(bucket);
      return now.sameAs(bucket) ? null : buckets.in(now, newer -> look(newer, key, id, reading));
    }
    return stored;
  }

  private @Nullable Stored look(
      Bucket now, String key, @Nullable VersionId id, BiFunction<Bucket, Key, Versioned> reading) {
    Versions.Slot slot = Versions.Slot.of(now, key);
    if (id != null) {
      return versions.read(slot, id);
    }
    Versioned state = reading.apply(now, slot.head());
    ObjectRow row = ObjectRows.row(state);
    return row == null || row.getGone() ? null : new Stored(row, state.stamp());
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
   * @throws S3Exception also what the condition refuses with
   */
  public ObjectRow write(Bucket bucket, String key, ObjectRow row, @Nullable Condition condition) {
    ObjectRow mine = condition == null ? row : named(row);
    try {
      Versions.Written written =
          buckets.in(bucket, now -> write(now, Versions.Slot.of(now, key), mine, condition));
      gone(written.replaced(), row.getSegmentsList());
      return written.row();
    } catch (S3Exception refused) {
      if (isCertain(refused.error())) {
        releases.replaced(row, List.of());
      }
      throw refused;
    }
  }

  /** So that its writer knows it again, whoever brings a conditional write to its end. */
  private ObjectRow named(ObjectRow row) {
    return row.toBuilder().setNonce(Rows.text(ids.next())).build();
  }

  private Versions.Written write(
      Bucket now, Versions.Slot slot, ObjectRow row, @Nullable Condition condition) {
    if (now.keepsVersions()) {
      return condition == null ? versions.write(slot, row) : versions.write(slot, row, condition);
    }
    Bytes value = Rows.encode(row);
    return new Versions.Written(row, ObjectRows.withoutPlace(replace(slot, value, condition)));
  }

  private @Nullable ObjectRow replace(
      Versions.Slot slot, @Nullable Bytes value, @Nullable Condition condition) {
    Update.Written written =
        condition == null
            ? rows.write(slot.head(), value)
            : Conditional.accepted(
                rows.conditional(slot.head(), Conditional.put(value, condition)), condition);
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
   * @throws S3Exception also what the condition refuses with
   */
  public Deleted delete(
      Bucket bucket, String key, ObjectRow marker, @Nullable Condition condition) {
    return buckets.in(bucket, now -> delete(now, Versions.Slot.of(now, key), marker, condition));
  }

  private Deleted delete(
      Bucket now, Versions.Slot slot, ObjectRow marker, @Nullable Condition condition) {
    if (!now.keepsVersions()) {
      ObjectRow gone = replace(slot, null, condition);
      gone(ObjectRows.withoutPlace(gone), List.of());
      return new Deleted(gone != null, null);
    }
    ObjectRow row = marker.toBuilder().setDeleteMarker(true).build();
    Versions.Written written =
        condition == null ? versions.write(slot, row) : versions.write(slot, named(row), condition);
    gone(written.replaced(), List.of());
    return new Deleted(true, written.row());
  }

  /**
   * Removes a version for good.
   *
   * @param condition asked with the version where there is one
   * @return what is gone; null when there was no such version
   * @throws S3Exception AccessDenied when it is locked; also what the condition refuses with
   */
  public @Nullable ObjectRow remove(Bucket bucket, String key, VersionId id, Condition condition) {
    return remove(bucket, key, id, condition, false);
  }

  /**
   * The same, by a caller who may pass over governance and wants to, or not. What is locked stays:
   * that is judged on the version in the same moment in which it is removed.
   */
  public @Nullable ObjectRow remove(
      Bucket bucket, String key, VersionId id, Condition condition, boolean bypass) {
    var unlocked = new Locks.Unlocked(condition, rows.wallMicros(), bypass);
    ObjectRow gone =
        buckets.in(
            bucket,
            now ->
                now.keepsVersions()
                    ? versions.remove(Versions.Slot.of(now, key), id, unlocked)
                    : id.equals(VersionId.NULL)
                        ? ObjectRows.withoutPlace(
                            replace(Versions.Slot.of(now, key), null, condition))
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
   * @throws S3Exception MethodNotAllowed for a delete marker, AccessDenied where a lock would be
   *     lost
   */
  public @Nullable Stored change(
      Bucket bucket, String key, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    return relock(
        bucket,
        key,
        id,
        row -> {
          ObjectRow changed = change.apply(row);
          S3Exception refusal = Locks.ofOtherChange(row, changed, rows.wallMicros());
          if (refusal != null) {
            throw refusal;
          }
          return changed;
        });
  }

  /** The same where locks are what the change is about: it judges them itself. */
  public @Nullable Stored relock(
      Bucket bucket, String key, @Nullable VersionId id, UnaryOperator<ObjectRow> change) {
    return buckets.in(
        bucket,
        now ->
            versions.change(
                Versions.Slot.of(now, key), id, row -> change.apply(ObjectRows.object(row))));
  }

  /** The same to the current version. */
  public @Nullable Stored change(Bucket bucket, String key, UnaryOperator<ObjectRow> change) {
    return change(bucket, key, null, change);
  }

  /**
   * Makes {@code row}, which names the source's blobs, an object that shares them: no byte moves.
   *
   * @param source as it was read
   * @param condition null for none
   * @return the row as it was written; null when the source was changed meanwhile: nothing was done
   * @throws S3Exception also what the condition refuses with
   */
  public @Nullable ObjectRow share(
      Place from, Stored source, Place to, ObjectRow row, @Nullable Condition condition) {
    Bytes mine = ids.next();
    boolean first = References.of(source.row()).equals(References.FIRST);
    List<Segment> segments = row.getSegmentsList();
    if (first) {
      references.add(
          segments, References.FIRST, from.bucket().shardOf(from.keyBytes()), from.keyBytes());
    }
    references.add(segments, mine, to.bucket().shardOf(to.keyBytes()), to.keyBytes());
    Stored again = find(from.bucket(), from.key(), VersionId.of(source.row()));
    if (again == null || !sameBlobs(again.row(), source.row())) {
      // The row that named them first never names them again: without it nobody else speaks for it.
      releases.drop(segments, first ? List.of(References.FIRST, mine) : List.of(mine));
      return null;
    }
    return write(
        to.bucket(), to.key(), row.toBuilder().setReference(Rows.text(mine)).build(), condition);
  }

  static boolean sameBlobs(ObjectRow one, ObjectRow other) {
    return one.getSegmentsList().equals(other.getSegmentsList())
        && one.getReference().equals(other.getReference());
  }

  private static boolean isCertain(S3Error error) {
    return error != S3Error.SERVICE_UNAVAILABLE && error != S3Error.CONDITIONAL_REQUEST_CONFLICT;
  }

  private void gone(@Nullable ObjectRow row, List<Segment> kept) {
    if (row != null) {
      releases.replaced(row, kept);
    }
  }
}
