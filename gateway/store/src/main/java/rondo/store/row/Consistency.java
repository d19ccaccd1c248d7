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
 * The consistency level at which a request reads objects and lists buckets, and the request's
 * session. It is bound to the request's thread, so that every write to an object's row is noted in
 * the session, wherever it is made. Immutable but for the session.
 *
 * @param level the request's level; null for the bucket's
 * @param session null for none
 * @param bucket the bucket that the request names; empty for none
 */
public record Consistency(
    @Nullable ConsistencyLevel level, @Nullable Session session, String bucket) {
  private static final Consistency NONE = new Consistency(null, null, "");
  private static final ScopedValue<Consistency> CURRENT = ScopedValue.newInstance();

  /**
   * Parses the name of a level, in any case.
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

  /** The consistency that this thread's request asks for. */
  public static Consistency current() {
    return CURRENT.isBound() ? CURRENT.get() : NONE;
  }

  /** Runs the work of a request under this consistency. */
  public <T, X extends Throwable> T during(ScopedValue.CallableOp<T, X> work) throws X {
    return ScopedValue.where(CURRENT, this).call(work);
  }

  /** Wraps work of the request for another thread. */
  public <T> Callable<T> carrying(Callable<T> work) {
    return () -> during(work::call);
  }

  /** The level at which a bucket is listed. In a session the listing shows all that it has seen. */
  public ConsistencyLevel ofListing(Bucket listed) {
    return session != null ? ConsistencyLevel.LINEARIZABLE : of(listed);
  }

  /**
   * The level at which an object of that bucket is read.
   *
   * @throws StoreException NO_LEVEL when the request asks for a level in an available bucket
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
   * The stamp that a read of an object's row must reach: zero when the session has not seen the
   * row; null when the session has forgotten what it has seen, and the row must be read
   * linearizably.
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
