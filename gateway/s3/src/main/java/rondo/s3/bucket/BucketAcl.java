package rondo.s3.bucket;

import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AccessControlPolicy;
import rondo.s3.acl.RequestedAcl;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** GetBucketAcl and PutBucketAcl. Thread-safe. */
public final class BucketAcl {
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;

  public BucketAcl(S3Store store) {
    this.store = store;
  }

  public S3Response get(S3Request request) {
    BucketRow row = store.freshBucket(request, Action.GET_BUCKET_ACL).row();
    boolean without = store.acls().grants().isEnforced(row) || !row.hasAcl();
    return S3Response.document(
        AccessControlPolicy.of(
            row.getOwner(), without ? null : row.getAcl(), store.acls().owners(request)));
  }

  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_ACL);
    String owner = bucket.owner();
    byte[] body = BodyReader.document(request, MOST_BYTES);
    Acl acl = RequestedAcl.of(request, body, store.acls(), owner, bucket.row());
    // An unchanged ACL needs no write.
    if (acl != null && !(bucket.row().hasAcl() && bucket.row().getAcl().equals(acl))) {
      store.buckets().change(bucket, row -> row.toBuilder().setAcl(acl).build());
    }
    return S3Response.ok();
  }
}
