package rondo.gateway.s3.multipart;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;

/** AbortMultipartUpload. */
public final class AbortMultipartUpload {
  private final S3Store store;

  public AbortMultipartUpload(S3Store store) {
    this.store = store;
  }

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.ABORT_MULTIPART_UPLOAD);
    store.uploads().abort(bucket, request.key(), PartRequest.uploadId(request));
    return S3Response.of(204);
  }
}
