package rondo.s3.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AccessControlPolicy;
import rondo.s3.acl.RequestedAcl;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** GetObjectAcl and PutObjectAcl, of a version. Thread-safe. */
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
      throw VersionIds.missing(request.key(), VersionIds.of(request, bucket));
    }
    return S3Response.ok();
  }

  /** Puts the ACL, and authorises again: the object may have got another owner meanwhile. */
  private @Nullable StoredObject change(Bucket bucket, S3Request request, Acl acl) {
    return store
        .objects()
        .change(
            bucket,
            request.key(),
            VersionIds.of(request, bucket),
            row -> {
              store.access().require(request, bucket, row, Action.PUT_OBJECT_ACL);
              return row.toBuilder().setAcl(acl).build();
            });
  }

  private ObjectRow row(Bucket bucket, S3Request request, Action action) {
    VersionId id = VersionIds.of(request, bucket);
    StoredObject stored = store.objects().find(bucket, request.key(), id);
    boolean marker = stored != null && stored.row().getDeleteMarker();
    ObjectRow row = stored == null || marker ? null : stored.row();
    store.access().require(request, bucket, row, action);
    if (stored != null && marker) {
      throw action == Action.PUT_OBJECT_ACL && !bucket.keepsHistory()
          ? VersionIds.marker(bucket, stored.row())
          : VersionIds.marker(bucket, request.key(), stored.row(), id);
    }
    if (row == null) {
      throw VersionIds.missing(request.key(), id);
    }
    return row;
  }
}
