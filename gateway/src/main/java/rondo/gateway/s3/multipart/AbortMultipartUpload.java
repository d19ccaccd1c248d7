package rondo.gateway.s3.multipart;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Store;

/** AbortMultipartUpload. */
public final class AbortMultipartUpload {
  private final Store store;

  public AbortMultipartUpload(Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().of(request, Action.ABORT_MULTIPART_UPLOAD);
    store.uploads().abort(bucket, request.key(), PartRequest.uploadId(request));
    return S3Response.of(204);
  }
}
