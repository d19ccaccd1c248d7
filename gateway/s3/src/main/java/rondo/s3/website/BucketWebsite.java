package rondo.s3.website;

import rondo.metadata.rows.Website;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** PutBucketWebsite, GetBucketWebsite and DeleteBucketWebsite. Thread-safe. */
public final class BucketWebsite {
  private static final int MOST_BYTES = 128 * 1024;

  private final S3Store store;

  public BucketWebsite(S3Store store) {
    this.store = store;
  }

  /**
   * @throws S3Exception NoSuchWebsiteConfiguration, NoSuchBucket, AccessDenied
   */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_WEBSITE);
    if (!bucket.row().hasWebsite()) {
      throw new S3Exception(S3Error.NO_SUCH_WEBSITE_CONFIGURATION);
    }
    return S3Response.document(WebsiteDocument.document(bucket.row().getWebsite()));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidRequest, InvalidArgument, NoSuchBucket, AccessDenied
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_WEBSITE);
    byte[] document = BodyReader.document(request, MOST_BYTES);
    Website website = WebsiteDocument.website(Xml.tree(document));
    store.buckets().change(bucket, row -> row.toBuilder().setWebsite(website).build());
    return S3Response.ok();
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.DELETE_BUCKET_WEBSITE);
    store.buckets().change(bucket, row -> row.toBuilder().clearWebsite().build());
    return S3Response.of(204);
  }
}
