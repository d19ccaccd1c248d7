package rondo.gateway.s3.acl;

import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.object.VersionIds;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Stored;
import rondo.gateway.store.VersionId;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.ObjectRow;

/** GetObjectAcl and PutObjectAcl, of the only version there is. Thread-safe. */
public final class ObjectAcl {
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;

  public ObjectAcl(S3Store store) {
    this.store = store;
  }

  public S3Response get(S3Request request) {
    Bucket bucket = store.named(request);
    ObjectRow row = row(bucket, request, Action.GET_OBJECT_ACL);
    boolean enforced = store.acls().grants().isEnforced(bucket.row());
    return S3Response.document(
        AccessControlPolicy.of(
            enforced ? bucket.owner() : row.getOwner(),
            enforced || !row.hasAcl() ? null : row.getAcl(),
            store.acls().owners(request)));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.named(request);
    ObjectRow row = row(bucket, request, Action.PUT_OBJECT_ACL);
    byte[] body = BodyReader.document(request, MOST_BYTES);
    Acl acl = RequestedAcl.of(request, body, store.acls(), row.getOwner(), bucket.row());
    if (acl != null && change(bucket, request, acl) == null) {
      throw VersionIds.missing(request.key(), VersionIds.of(request));
    }
    return S3Response.ok();
  }

  /** The object may have become another's meanwhile: who may change it is judged again. */
  private @Nullable Stored change(Bucket bucket, S3Request request, Acl acl) {
    return store
        .objects()
        .change(
            bucket,
            request.key(),
            VersionIds.of(request),
            row -> {
              store.access().require(request, bucket, row, Action.PUT_OBJECT_ACL);
              return row.toBuilder().setAcl(acl).build();
            });
  }

  private ObjectRow row(Bucket bucket, S3Request request, Action action) {
    VersionId id = VersionIds.of(request);
    Stored stored = store.objects().find(bucket, request.key(), id);
    ObjectRow row = stored == null || stored.row().getDeleteMarker() ? null : stored.row();
    store.access().require(request, bucket, row, action);
    if (row == null) {
      throw VersionIds.missing(request.key(), id);
    }
    return row;
  }
}
