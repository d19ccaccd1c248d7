package rondo.gateway.s3.acl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.BodyReader;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.xml.Xml;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;

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
    Acl acl = asked(store.acls(), request, body, owner, bucket.row());
    // Said again, it needs no write.
    if (acl != null && !(bucket.row().hasAcl() && bucket.row().getAcl().equals(acl))) {
      store.buckets().change(bucket, row -> row.toBuilder().setAcl(acl).build());
    }
    return S3Response.ok();
  }

  /**
   * The list that a request sets; null when it says what holds anyway, where there are no ACLs.
   *
   * @throws S3Exception AccessControlListNotSupported, MissingSecurityHeader, MalformedACLError and
   *     the like
   */
  static @Nullable Acl asked(
      Acls acls, S3Request request, byte[] body, String owner, BucketRow bucket) {
    boolean enforced = acls.grants().isEnforced(bucket);
    if (enforced) {
      acls.refuse(request);
    }
    if (body.length > 0) {
      return ofDocument(acls, body, owner, bucket, enforced);
    }
    Acl acl = acls.reader().ofHeaders(request, owner, bucket.getOwner());
    if (acl == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Your request was missing a required header: x-amz-acl");
    }
    Acls.checkPublic(acl, bucket);
    return enforced ? null : acl;
  }

  /** Where there are no ACLs, S3 still takes the one that says what holds anyway. */
  private static @Nullable Acl ofDocument(
      Acls acls, byte[] body, String owner, BucketRow bucket, boolean enforced) {
    var given = Xml.read(body, AccessControlPolicy.Given.class);
    if (!enforced) {
      Acl acl = acls.reader().ofDocument(given, new String(body, StandardCharsets.UTF_8), owner);
      Acls.checkPublic(acl, bucket);
      return acl;
    }
    if (!given.isOnly(bucket.getOwner())) {
      throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
    }
    return null;
  }
}
