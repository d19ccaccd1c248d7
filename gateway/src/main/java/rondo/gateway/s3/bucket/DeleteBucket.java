package rondo.gateway.s3.bucket;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.store.Store;

/** DeleteBucket, of an empty one. */
public final class DeleteBucket {
  private final Store store;

  public DeleteBucket(Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    store.buckets().remove(store.buckets().freshOf(request, Action.DELETE_BUCKET));
    return S3Response.of(204);
  }
}
