package rondo.s3.bucket;

import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;

/** DeleteBucket: removes an empty bucket. Thread-safe. */
public final class DeleteBucket {
  private final S3Store store;

  public DeleteBucket(S3Store store) {
    this.store = store;
  }

  /**
   * @throws rondo.store.row.StoreException NO_SUCH_BUCKET, BUCKET_NOT_EMPTY, BUCKET_CHANGED when
   *     another deletion of the bucket goes on
   * @throws rondo.s3.error.S3Exception AccessDenied
   */
  public S3Response answer(S3Request request) {
    store.buckets().remove(store.freshBucket(request, Action.DELETE_BUCKET));
    return S3Response.of(204);
  }
}
