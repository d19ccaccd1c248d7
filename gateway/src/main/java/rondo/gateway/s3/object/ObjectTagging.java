package rondo.gateway.s3.object;

import java.util.List;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.Attempt;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.xml.Tagging;
import rondo.gateway.s3.xml.Xml;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Stored;
import rondo.gateway.store.VersionId;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;

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
    ObjectReader.Version version = reader.version(request, Action.GET_OBJECT_TAGGING);
    return S3Response.document(Tags.document(version.row().getTagsList()))
        .headers(VersionIds.read(version.bucket(), version.row()));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.named(request);
    Tagging document = Xml.read(BodyReader.document(request, MOST_BYTES), Tagging.class);
    ObjectRow row =
        change(
            bucket,
            request,
            Action.PUT_OBJECT_TAGGING,
            Tags.ofDocument(document, Tags.MOST_OF_OBJECT));
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
    VersionId id = VersionIds.of(request);
    Stored changed =
        store
            .objects()
            .change(
                bucket,
                request.key(),
                id,
                row -> {
                  store.access().require(Attempt.of(request, bucket, action).on(row).tagged(tags));
                  return row.toBuilder().clearTags().addAllTags(tags).build();
                });
    if (changed == null) {
      store.access().require(request, bucket, null, action);
      throw VersionIds.missing(request.key(), id);
    }
    return changed.row();
  }
}
