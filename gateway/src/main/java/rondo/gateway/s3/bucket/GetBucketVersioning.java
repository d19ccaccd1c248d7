package rondo.gateway.s3.bucket;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.store.Store;

/** GetBucketVersioning: no bucket has ever been versioned, which is an empty document. */
public final class GetBucketVersioning {
  private final Store store;

  public GetBucketVersioning(Store store) {
    this.store = store;
  }

  record VersioningConfiguration() {}

  public S3Response answer(S3Request request) {
    store.buckets().freshOf(request);
    return S3Response.document(new VersioningConfiguration());
  }
}
