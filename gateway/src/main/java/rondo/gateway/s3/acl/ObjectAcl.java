package rondo.gateway.s3.acl;

import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.object.VersionIds;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Store;
import rondo.gateway.store.Stored;
import rondo.gateway.store.VersionId;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.ObjectRow;

/** GetObjectAcl and PutObjectAcl, of the only version there is. Thread-safe. */
public final class ObjectAcl {
  private static final int MOST_BYTES = 64 * 1024;

  private final Store store;

  public ObjectAcl(Store store) {
    this.store = store;
  }

  public S3Response get(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    ObjectRow row = row(bucket, request, Grant.Permission.READ_ACP);
    boolean enforced = store.acls().access().isEnforced(bucket.row());
    return S3Response.document(
        AccessControlPolicy.of(
            enforced ? bucket.owner() : row.getOwner(),
            enforced || !row.hasAcl() ? null : row.getAcl(),
            store.acls().owners(request)));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.buckets().named(request);
    ObjectRow row = row(bucket, request, Grant.Permission.WRITE_ACP);
    byte[] body = BodyReader.document(request, MOST_BYTES);
    Acl acl = BucketAcl.asked(store.acls(), request, body, row.getOwner(), bucket.row());
    if (acl != null && change(bucket, request, acl) == null) {
      throw VersionIds.missing(request.key(), VersionIds.of(request));
    }
    return S3Response.ok();
  }

  /** The object may have become another's meanwhile: who may change it is judged again. */
  private @Nullable Stored change(Bucket bucket, S3Request request, Acl acl) {
    Access access = store.acls().access();
    return store
        .objects()
        .change(
            bucket,
            request.key(),
            VersionIds.of(request),
            row -> {
              access.require(request.caller(), bucket.row(), row, Grant.Permission.WRITE_ACP);
              return row.toBuilder().setAcl(acl).build();
            });
  }

  private ObjectRow row(Bucket bucket, S3Request request, Grant.Permission wanted) {
    VersionId id = VersionIds.of(request);
    Stored stored = store.objects().find(bucket, request.key(), id);
    ObjectRow row = stored == null || stored.row().getDeleteMarker() ? null : stored.row();
    store.acls().access().require(request.caller(), bucket.row(), row, wanted);
    if (row == null) {
      throw VersionIds.missing(request.key(), id);
    }
    return row;
  }
}
