package rondo.gateway.s3.lock;

import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.Attempt;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.VersionId;

/** Whether a request passes over governance. */
public final class Bypass {
  private Bypass() {}

  /** True when it asks for that, and its caller may. */
  public static boolean of(
      S3Request request, S3Store store, Bucket bucket, String key, @Nullable VersionId id) {
    return "true".equalsIgnoreCase(request.header("x-amz-bypass-governance-retention"))
        && store
            .access()
            .allows(Attempt.of(request, bucket, Action.BYPASS_GOVERNANCE_RETENTION).at(key, id));
  }
}
