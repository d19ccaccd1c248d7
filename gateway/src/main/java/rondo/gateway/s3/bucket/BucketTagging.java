package rondo.gateway.s3.bucket;

import java.util.List;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.object.Tags;
import rondo.gateway.s3.xml.Tagging;
import rondo.gateway.s3.xml.Xml;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.Header;

/** PutBucketTagging, GetBucketTagging and DeleteBucketTagging. */
public final class BucketTagging {
  private static final int MOST_TAGS = 50;

  /** Fifty tags of the greatest length, in four bytes a character, and their elements. */
  private static final int MOST_BYTES = 128 * 1024;

  private final S3Store store;

  public BucketTagging(S3Store store) {
    this.store = store;
  }

  public S3Response get(S3Request request) {
    List<Header> tags = store.freshBucket(request, Action.GET_BUCKET_TAGGING).row().getTagsList();
    if (tags.isEmpty()) {
      throw new S3Exception(S3Error.NO_SUCH_TAG_SET);
    }
    return S3Response.document(Tags.document(tags));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_TAGGING);
    Tagging document = Xml.read(BodyReader.document(request, MOST_BYTES), Tagging.class);
    change(bucket, Tags.ofDocument(document, MOST_TAGS));
    return S3Response.of(204);
  }

  public S3Response delete(S3Request request) {
    change(store.freshBucket(request, Action.PUT_BUCKET_TAGGING), List.of());
    return S3Response.of(204);
  }

  private void change(Bucket bucket, List<Header> tags) {
    store.buckets().change(bucket, row -> row.toBuilder().clearTags().addAllTags(tags).build());
  }
}
