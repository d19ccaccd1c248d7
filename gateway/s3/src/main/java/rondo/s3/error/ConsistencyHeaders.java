package rondo.s3.error;

import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.store.row.Consistency;
import rondo.store.row.Session;
import rondo.store.row.StoreException;

/** The headers by which a request chooses its consistency. Pure. */
public final class ConsistencyHeaders {
  /** Names a {@link ConsistencyLevel}. */
  public static final String LEVEL = "x-rondo-consistency";

  /** Holds a {@link Session}'s token, in requests and in their answers. */
  public static final String SESSION = "x-rondo-session";

  private ConsistencyHeaders() {}

  /**
   * The consistency that a request's headers ask for.
   *
   * @param writes whether the request changes anything
   * @throws StoreException NO_SUCH_LEVEL
   * @throws S3Exception InvalidArgument, InvalidRequest for a level that is too low for a write
   */
  public static Consistency read(
      @Nullable String level, @Nullable String token, String bucket, boolean writes) {
    ConsistencyLevel asked = level == null ? null : Consistency.level(level);
    if (writes && asked != null && asked.compareTo(ConsistencyLevel.QUORUM) < 0) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          LEVEL
              + ": "
              + level
              + " is for reads: a write waits for a quorum, and its conditions are judged by one");
    }
    return new Consistency(asked, token == null ? null : session(token), bucket);
  }

  private static Session session(String token) {
    try {
      return new Session(token);
    } catch (IllegalArgumentException _) {
      throw S3Exception.argument(
          SESSION, token, "Send what the last answer had, or nothing to begin");
    }
  }
}
