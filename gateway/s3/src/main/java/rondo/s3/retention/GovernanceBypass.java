package rondo.s3.retention;

import org.jspecify.annotations.Nullable;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** Decides whether a request may bypass retention in governance mode. */
public final class GovernanceBypass {
  private static final String HEADER = "x-amz-bypass-governance-retention";

  private GovernanceBypass() {}

  /**
   * Refuses a deletion that would pass over governance where nothing can be locked, whatever the
   * header says.
   *
   * @throws S3Exception InvalidArgument
   */
  public static void check(S3Request request, S3Store store, Bucket bucket) {
    if (request.header(HEADER) != null
        && !bucket.row().hasObjectLock()
        && !Difference.BYPASS_WITHOUT_LOCKS.in(store.acls().grants().compat())) {
      throw S3Exception.argument(
          HEADER, HEADER + " is only applicable to Object Lock enabled buckets.");
    }
  }

  /** True when it asks for that, and its caller may. */
  public static boolean of(
      S3Request request, S3Store store, Bucket bucket, String key, @Nullable VersionId id) {
    return "true".equalsIgnoreCase(request.header(HEADER))
        && store
            .access()
            .allows(
                AccessAttempt.of(request, bucket, Action.BYPASS_GOVERNANCE_RETENTION).at(key, id));
  }
}
