package rondo.s3.cors;

import rondo.metadata.rows.CorsRules;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** PutBucketCors, GetBucketCors and DeleteBucketCors. Thread-safe. */
public final class BucketCors {
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;

  public BucketCors(S3Store store) {
    this.store = store;
  }

  /**
   * @throws S3Exception NoSuchCORSConfiguration, NoSuchBucket, AccessDenied
   */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_CORS);
    if (!bucket.row().hasCors()) {
      throw new S3Exception(S3Error.NO_SUCH_CORS_CONFIGURATION);
    }
    return S3Response.document(CorsDocument.document(bucket.row().getCors()));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidRequest, NoSuchBucket, AccessDenied
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_CORS);
    byte[] document = BodyReader.digestedDocument(request, MOST_BYTES);
    CorsRules rules = CorsDocument.rules(Xml.read(document, CorsDocument.CORSConfiguration.class));
    store.buckets().change(bucket, row -> row.toBuilder().setCors(rules).build());
    return S3Response.ok();
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_CORS);
    store.buckets().change(bucket, row -> row.toBuilder().clearCors().build());
    return S3Response.of(204);
  }
}
