package rondo.s3.object;

import java.util.List;
import java.util.Map;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.xml.Tagging;
import rondo.s3.xml.Xml;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** PutObjectTagging, GetObjectTagging and DeleteObjectTagging. Thread-safe. */
public final class ObjectTagging {
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;
  private final ObjectReader reader;

  public ObjectTagging(S3Store store, ObjectReader reader) {
    this.store = store;
    this.reader = reader;
  }

  public S3Response get(S3Request request) {
    ObjectReader.Version version = tagged(request);
    return S3Response.document(TagReader.document(version.row().getTagsList()))
        .headers(VersionIds.read(version.bucket(), version.row()));
  }

  /**
   * A delete marker has no tags, named or not. Of an object that isn't there, S3 tells this
   * operation's key behind its bucket.
   */
  private ObjectReader.Version tagged(S3Request request) {
    try {
      return reader.version(request, Action.GET_OBJECT_TAGGING);
    } catch (S3Exception refusal) {
      if (refusal.error() != S3Error.NO_SUCH_KEY) {
        throw refusal;
      }
      boolean marker = "true".equals(refusal.headers().get("x-amz-delete-marker"));
      throw new S3Exception(
          marker ? S3Error.METHOD_NOT_ALLOWED : S3Error.NO_SUCH_KEY,
          marker ? S3Error.METHOD_NOT_ALLOWED.message() : refusal.message(),
          marker
              ? Map.of("ResourceType", "DeleteMarker")
              : Map.of("Key", request.bucket() + "/" + request.key()),
          refusal.headers());
    }
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.named(request);
    Tagging document = Xml.read(BodyReader.document(request, MOST_BYTES), Tagging.class);
    ObjectRow row =
        change(
            bucket,
            request,
            Action.PUT_OBJECT_TAGGING,
            TagReader.ofDocument(document, TagReader.MOST_OF_OBJECT));
    return S3Response.ok().headers(VersionIds.read(bucket, row));
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.named(request);
    return S3Response.of(204)
        .headers(
            VersionIds.read(
                bucket, change(bucket, request, Action.DELETE_OBJECT_TAGGING, List.of())));
  }

  private ObjectRow change(Bucket bucket, S3Request request, Action action, List<Header> tags) {
    VersionId id = VersionIds.of(request, bucket);
    AccessAttempt attempt = AccessAttempt.of(request, bucket, action);
    StoredObject changed;
    try {
      changed =
          store
              .objects()
              .change(
                  bucket,
                  request.key(),
                  id,
                  row -> {
                    store.access().require(attempt.on(row).tagged(tags));
                    return row.toBuilder().clearTags().addAllTags(tags).build();
                  });
    } catch (StoreException marker) {
      // What is there is told to those alone who may list it.
      store.access().requireRead(attempt);
      throw marker;
    }
    if (changed == null) {
      store.access().requireRead(attempt);
      throw VersionIds.missing(request.key(), id);
    }
    return changed.row();
  }
}
