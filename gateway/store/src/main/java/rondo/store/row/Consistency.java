package rondo.store.row;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.store.row.StoreException.Reason;

/**
 * How much agreement a request waits for when it reads an object or lists a bucket, and the session
 * that it belongs to. It is bound to the request's thread, so that every write to an object's row
 * is noted in its session wherever it is made. Immutable but for the session.
 *
 * @param level that the request asks for; null for the bucket's
 * @param session null for none
 * @param bucket that the request names; empty for none
 */
public record Consistency(
    @Nullable ConsistencyLevel level, @Nullable Session session, String bucket) {
  private static final Consistency NONE = new Consistency(null, null, "");
  private static final ScopedValue<Consistency> CURRENT = ScopedValue.newInstance();

  /**
   * The level of that name.
   *
   * @throws StoreException NO_SUCH_LEVEL
   */
  public static ConsistencyLevel level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "linearizable" -> ConsistencyLevel.LINEARIZABLE;
      case "quorum" -> ConsistencyLevel.QUORUM;
      case "local_quorum" -> ConsistencyLevel.LOCAL_QUORUM;
      case "one" -> ConsistencyLevel.ONE;
      default -> throw new StoreException(Reason.NO_SUCH_LEVEL, name);
    };
  }

  /** What the request of this thread asks for. */
  public static Consistency current() {
    return CURRENT.isBound() ? CURRENT.get() : NONE;
  }

  /** Runs the work of a request. */
  public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** For another thread that works for the request. */
  public <T> Callable<T> carrying(Callable<T> work) {
    return () -> during(work::call);
  }

  /** Of a listing, which in a session shows all that the session has seen. */
  public ConsistencyLevel ofListing(Bucket listed) {
    return session != null ? ConsistencyLevel.LINEARIZABLE : of(listed);
  }

  /**
   * The level at which an object of that bucket is read.
   *
   * @throws StoreException NO_LEVEL
   */
  ConsistencyLevel of(Bucket read) {
    if (level != null && read.isAvailable()) {
      throw new StoreException(Reason.NO_LEVEL);
    }
    if (level != null) {
      return level;
    }
    BucketRow row = read.row();
    return row.getReadLevel().isEmpty() || row.getAvailable()
        ? ConsistencyLevel.LINEARIZABLE
        : level(row.getReadLevel());
  }

  /**
   * The stamp that a read of an object's row must not fall behind: zero when the session has not
   * seen it. Null when the session has seen too much to know: then the row is read linearizably.
   */
  @Nullable Stamp atLeast(Bucket read, Key key) {
    return session == null ? Stamp.ZERO : session.atLeast(read.name(), key.sort());
  }

  /** Notes a state of an object's row that the request has read or written. */
  void saw(Key key, Stamp stamp) {
    if (session != null && key.table() == Tables.OBJECTS && !stamp.equals(Stamp.ZERO)) {
      session.saw(bucket, key.sort(), stamp);
    }
  }
}
