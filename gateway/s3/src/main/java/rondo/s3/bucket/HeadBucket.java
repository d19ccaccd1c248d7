package rondo.s3.bucket;

import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.request.BucketName;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** HeadBucket: is it there, and may the caller use it. */
public final class HeadBucket {
  private final S3Store store;

  public HeadBucket(S3Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.LIST_BUCKET);
    return S3Response.ok()
        .header("x-amz-bucket-arn", BucketName.arn(bucket.name()))
        .header("x-amz-access-point-alias", "false")
        .header("Content-Type", "application/xml");
  }
}
