package rondo.gateway.s3.object;

import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Store;

/** DeleteObject. Thread-safe. */
public final class DeleteObject {
  private final Store store;

  public DeleteObject(Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    if (request.header("x-amz-if-match-size") != null
        || request.header("x-amz-if-match-last-modified-time") != null) {
      throw S3Exception.notImplemented("A condition on size or time");
    }
    return S3Response.of(204)
        .headers(
            new Deletion(store, request)
                .delete(
                    bucket,
                    request.key(),
                    VersionIds.of(request),
                    Conditions.ofDelete(request.header("if-match")))
                .headers());
  }
}
