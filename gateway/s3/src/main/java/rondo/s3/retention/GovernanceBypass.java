package rondo.s3.retention;

import org.jspecify.annotations.Nullable;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.request.S3Request;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** Decides whether a request may bypass retention in governance mode. */
public final class GovernanceBypass {
  private GovernanceBypass() {}

  /** Whether the request asks for the bypass and its caller is allowed it. */
  public static boolean of(
      S3Request request, S3Store store, Bucket bucket, String key, @Nullable VersionId id) {
    return "true".equalsIgnoreCase(request.header("x-amz-bypass-governance-retention"))
        && store
            .access()
            .allows(
                AccessAttempt.of(request, bucket, Action.BYPASS_GOVERNANCE_RETENTION).at(key, id));
  }
}
