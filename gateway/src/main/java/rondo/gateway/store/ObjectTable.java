package rondo.gateway.store;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.table.Keys;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * The objects. Whoever replaces a row releases the blobs that it named; a row that was certainly
 * not written has its own blobs released. Thread-safe.
 *
 * <p>Every method throws SlowDown when nothing was done, ServiceUnavailable
 * (ConditionalRequestConflict under a condition) when perhaps, and NoSuchBucket.
 */
public final class ObjectTable {
  private final BucketTable buckets;
  private final Rows rows;
  private final Releases releases;
  private final References references;
  private final RandomIds ids;

  ObjectTable(BucketTable buckets, Rows rows, Releases releases, RandomIds ids) {
    this.buckets = buckets;
    this.rows = rows;
    this.releases = releases;
    this.references = new References(rows);
    this.ids = ids;
  }

  /** The object; null when there is none (and the bucket is still there). */
  public @Nullable Stored read(Bucket bucket, String key) {
    Versioned state = buckets.in(bucket, now -> rows.read(key(now, key)));
    if (state.value() == null) {
      Bucket now = buckets.successor(bucket);
      if (now.sameAs(bucket)) {
        return null;
      }
      state = buckets.in(now, newer -> rows.read(key(newer, key)));
    }
    ObjectRow row = row(state);
    return row == null ? null : new Stored(row, state.stamp());
  }

  /** Makes {@code row} the object, whatever was there. */
  public void write(Bucket bucket, String key, ObjectRow row) {
    settle(row, () -> buckets.in(bucket, now -> rows.write(key(now, key), Rows.encode(row))));
  }

  /**
   * Makes {@code row} the object if the one that is there allows it.
   *
   * @throws S3Exception also what the condition refuses with
   */
  public void write(Bucket bucket, String key, ObjectRow row, Condition condition) {
    Bytes value = Rows.encode(row);
    settle(
        row,
        () ->
            buckets.in(
                bucket,
                now ->
                    accepted(rows.conditional(key(now, key), put(value, condition)), condition)));
  }

  /** Deletes the object; says whether there was one. */
  public boolean delete(Bucket bucket, String key) {
    Update.Written written = buckets.in(bucket, now -> rows.write(key(now, key), null));
    return gone(written.before(), List.of());
  }

  /**
   * Deletes the object if the one that is there allows it; says whether there was one.
   *
   * @throws S3Exception also what the condition refuses with
   */
  public boolean delete(Bucket bucket, String key, Condition condition) {
    Update.Written written =
        buckets.in(
            bucket,
            now -> accepted(rows.conditional(key(now, key), put(null, condition)), condition));
    return gone(written.before(), List.of());
  }

  /**
   * Changes the object's row, which keeps its blobs. The change is asked as often as needed, and
   * may refuse by an exception.
   *
   * @return what the change was made to; null when there is no object
   */
  public @Nullable Stored change(Bucket bucket, String key, UnaryOperator<ObjectRow> change) {
    Update update =
        buckets.in(
            bucket,
            now ->
                rows.update(
                    key(now, key),
                    before -> {
                      ObjectRow row = row(before);
                      return row == null
                          ? new Judgement.Decline()
                          : new Judgement.Put(Rows.encode(change.apply(row)));
                    }));
    ObjectRow row = row(update.before());
    return row == null ? null : new Stored(row, update.before().stamp());
  }

  /**
   * Makes {@code row}, which names the source's blobs, an object that shares them: no byte moves.
   *
   * @param source as it was read
   * @param condition null for none
   * @return false when the source was changed meanwhile: nothing was done
   * @throws S3Exception also what the condition refuses with
   */
  public boolean share(
      Place from, Stored source, Place to, ObjectRow row, @Nullable Condition condition) {
    Bytes mine = ids.next();
    boolean first = References.of(source.row()).equals(References.FIRST);
    List<Segment> segments = row.getSegmentsList();
    if (first) {
      references.add(
          segments, References.FIRST, from.bucket().shardOf(from.keyBytes()), from.keyBytes());
    }
    references.add(segments, mine, to.bucket().shardOf(to.keyBytes()), to.keyBytes());
    Stored again = read(from.bucket(), from.key());
    if (again == null || !sameBlobs(again.row(), source.row())) {
      // The row that named them first never names them again: without it nobody else speaks for it.
      releases.drop(segments, first ? List.of(References.FIRST, mine) : List.of(mine));
      return false;
    }
    ObjectRow shared = row.toBuilder().setReference(Rows.text(mine)).build();
    if (condition == null) {
      write(to.bucket(), to.key(), shared);
    } else {
      write(to.bucket(), to.key(), shared, condition);
    }
    return true;
  }

  private static boolean sameBlobs(ObjectRow one, ObjectRow other) {
    return one.getSegmentsList().equals(other.getSegmentsList())
        && one.getReference().equals(other.getReference());
  }

  /** Runs a write and does with blobs what its outcome asks for. */
  private void settle(ObjectRow row, java.util.function.Supplier<Update.Written> write) {
    try {
      gone(write.get().before(), row.getSegmentsList());
    } catch (S3Exception refused) {
      if (isCertain(refused.error())) {
        releases.replaced(row, List.of());
      }
      throw refused;
    }
  }

  private static boolean isCertain(S3Error error) {
    return error != S3Error.SERVICE_UNAVAILABLE && error != S3Error.CONDITIONAL_REQUEST_CONFLICT;
  }

  private boolean gone(Versioned before, List<Segment> kept) {
    ObjectRow row = row(before);
    if (row != null) {
      releases.replaced(row, kept);
    }
    return row != null;
  }

  private static java.util.function.Function<Versioned, Judgement> put(
      @Nullable Bytes value, Condition condition) {
    return before ->
        condition.refusal(row(before)) == null ? new Judgement.Put(value) : new Judgement.Decline();
  }

  private static Update.Written accepted(Update update, Condition condition) {
    return switch (update) {
      case Update.Written written -> written;
      case Update.Declined(Versioned before) ->
          throw Objects.requireNonNull(condition.refusal(row(before)), "refused without a reason");
    };
  }

  private static Key key(Bucket bucket, String key) {
    Bytes bytes = Bytes.utf8(key);
    return Keys.object(bucket.shardOf(bytes), bytes);
  }

  static @Nullable ObjectRow row(Versioned state) {
    return state.value() == null ? null : Rows.decode(ObjectRow.parser(), state.value());
  }
}
