package rondo.gateway.store;

import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Level;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * How much agreement a request waits for when it reads an object or lists a bucket, and the session
 * that it belongs to. It is bound to the request's thread, so that every write to an object's row
 * is noted in its session wherever it is made. Immutable but for the session.
 *
 * @param level that the request asks for; null for the bucket's
 * @param session null for none
 * @param bucket that the request names; empty for none
 */
public record Consistency(@Nullable Level level, @Nullable Session session, String bucket) {
  /** Names a {@link Level}. */
  public static final String LEVEL_HEADER = "x-rondo-consistency";

  /** Holds a {@link Session}'s token, in requests and in their answers. */
  public static final String SESSION_HEADER = "x-rondo-session";

  private static final Consistency NONE = new Consistency(null, null, "");
  private static final ScopedValue<Consistency> CURRENT = ScopedValue.newInstance();

  /**
   * What a request's headers ask for.
   *
   * @param writes whether the request changes anything
   * @throws S3Exception InvalidArgument, also for a level that is too low for a write
   */
  public static Consistency of(
      @Nullable String level, @Nullable String token, String bucket, boolean writes) {
    Level asked = level == null ? null : level(level);
    if (writes && asked != null && asked.compareTo(Level.QUORUM) < 0) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          LEVEL_HEADER
              + ": "
              + level
              + " is for reads: a write waits for a quorum, and its conditions are judged by one");
    }
    return new Consistency(asked, token == null ? null : session(token), bucket);
  }

  /**
   * The level of that name.
   *
   * @throws S3Exception InvalidArgument
   */
  public static Level level(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "linearizable" -> Level.LINEARIZABLE;
      case "quorum" -> Level.QUORUM;
      case "local_quorum" -> Level.LOCAL_QUORUM;
      case "one" -> Level.ONE;
      default ->
          throw S3Exception.argument(
              LEVEL_HEADER, name, "It is one of linearizable, quorum, local_quorum, one");
    };
  }

  private static Session session(String token) {
    try {
      return new Session(token);
    } catch (IllegalArgumentException _) {
      throw S3Exception.argument(
          SESSION_HEADER, token, "Send what the last answer had, or nothing to begin");
    }
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
  public Level ofListing(Bucket listed) {
    return session != null ? Level.LINEARIZABLE : of(listed);
  }

  private Level of(Bucket read) {
    if (level != null && read.isAvailable()) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          LEVEL_HEADER + ": an available bucket is read as far as it can be, at no level");
    }
    if (level != null) {
      return level;
    }
    BucketRow row = read.row();
    return row.getReadLevel().isEmpty() || row.getAvailable()
        ? Level.LINEARIZABLE
        : level(row.getReadLevel());
  }

  /** The state of an object's row, as this request wants to see it. */
  Versioned read(Rows rows, Bucket read, Key key) {
    Stamp least = session == null ? Stamp.ZERO : session.atLeast(read.name(), key.sort());
    Versioned state = least == null ? rows.read(key) : rows.read(key, of(read), least);
    saw(key, state.stamp());
    return state;
  }

  /** Notes a state of an object's row that the request has read or written. */
  void saw(Key key, Stamp stamp) {
    if (session != null && key.table() == Tables.OBJECTS && !stamp.equals(Stamp.ZERO)) {
      session.saw(bucket, key.sort(), stamp);
    }
  }
}
