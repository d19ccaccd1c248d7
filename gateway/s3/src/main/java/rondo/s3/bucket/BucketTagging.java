package rondo.s3.bucket;

import java.util.List;
import rondo.metadata.rows.Header;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.TagReader;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Tagging;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** PutBucketTagging, GetBucketTagging and DeleteBucketTagging. Thread-safe. */
public final class BucketTagging {
  static final int MOST_TAGS = 50;

  /** Fifty tags of the greatest length, at four bytes a character, with their elements. */
  private static final int MOST_BYTES = 128 * 1024;

  private final S3Store store;

  public BucketTagging(S3Store store) {
    this.store = store;
  }

  /**
   * @throws S3Exception NoSuchTagSet, NoSuchBucket, AccessDenied
   */
  public S3Response get(S3Request request) {
    List<Header> tags = store.freshBucket(request, Action.GET_BUCKET_TAGGING).row().getTagsList();
    if (tags.isEmpty()) {
      throw new S3Exception(S3Error.NO_SUCH_TAG_SET);
    }
    return S3Response.document(TagReader.document(tags));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_TAGGING);
    Tagging document = Xml.read(BodyReader.document(request, MOST_BYTES), Tagging.class);
    change(bucket, TagReader.ofDocument(document, MOST_TAGS));
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
