package rondo.gateway.s3.object;

import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Condition;
import rondo.gateway.store.Store;
import rondo.metadata.rows.Grant;

/** DeleteObject. Thread-safe. */
public final class DeleteObject {
  private final Store store;

  public DeleteObject(Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().of(request, Grant.Permission.WRITE);
    if (request.header("x-amz-if-match-size") != null
        || request.header("x-amz-if-match-last-modified-time") != null) {
      throw S3Exception.notImplemented("A condition on size or time");
    }
    Condition condition = Conditions.ofDelete(request.header("if-match"));
    String version = request.query().value("versionId");
    if (version != null && !VersionIds.isOnly(version)) {
      // A version that isn't there is gone.
      return S3Response.of(204);
    }
    if (condition == null) {
      store.objects().delete(bucket, request.key());
    } else {
      store.objects().delete(bucket, request.key(), condition);
    }
    return S3Response.of(204);
  }
}
