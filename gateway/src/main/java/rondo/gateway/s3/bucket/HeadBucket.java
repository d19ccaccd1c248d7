package rondo.gateway.s3.bucket;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;

/** HeadBucket: is it there, and may the caller use it. */
public final class HeadBucket {
  private final S3Store store;

  public HeadBucket(S3Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.LIST_BUCKET);
    return S3Response.ok()
        .header("x-amz-bucket-region", bucket.row().getRegion())
        .header("x-amz-access-point-alias", "false");
  }
}
