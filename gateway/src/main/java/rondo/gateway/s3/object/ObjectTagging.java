package rondo.gateway.s3.object;

import java.util.List;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.acl.Access;
import rondo.gateway.s3.xml.Tagging;
import rondo.gateway.s3.xml.Xml;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Store;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.Header;

/** PutObjectTagging, GetObjectTagging and DeleteObjectTagging. Thread-safe. */
public final class ObjectTagging {
  private static final int MOST_BYTES = 64 * 1024;

  private final Store store;
  private final ObjectReader reader;

  public ObjectTagging(Store store, ObjectReader reader) {
    this.store = store;
    this.reader = reader;
  }

  public S3Response get(S3Request request) {
    return S3Response.document(
        Tags.document(reader.row(request, Grant.Permission.FULL_CONTROL).getTagsList()));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    VersionIds.checkRead(request);
    Tagging document = Xml.read(BodyReader.document(request, MOST_BYTES), Tagging.class);
    change(bucket, request, Tags.ofDocument(document, Tags.MOST_OF_OBJECT));
    return S3Response.ok();
  }

  public S3Response delete(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    VersionIds.checkRead(request);
    change(bucket, request, List.of());
    return S3Response.of(204);
  }

  private void change(Bucket bucket, S3Request request, List<Header> tags) {
    Access access = store.acls().access();
    if (store
            .objects()
            .change(
                bucket,
                request.key(),
                row -> {
                  access.require(
                      request.caller(), bucket.row(), row, Grant.Permission.FULL_CONTROL);
                  return row.toBuilder().clearTags().addAllTags(tags).build();
                })
        == null) {
      access.require(request.caller(), bucket.row(), null, Grant.Permission.FULL_CONTROL);
      throw ObjectReader.noSuchKey(request.key());
    }
  }
}
