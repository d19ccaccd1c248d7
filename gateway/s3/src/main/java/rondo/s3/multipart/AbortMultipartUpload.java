package rondo.s3.multipart;

import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** AbortMultipartUpload. Thread-safe. */
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
