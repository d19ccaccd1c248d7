package rondo.s3.acl;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Xml;

/**
 * The list of grants that PutBucketAcl and PutObjectAcl set: first it has to be one, then the
 * bucket to have ACLs. Pure but for the look-up of grantees.
 */
public final class RequestedAcl {
  private RequestedAcl() {}

  /**
   * The ACL that a request sets; null when the bucket has no ACLs and the request's grants change
   * nothing.
   *
   * @param owner of the bucket or object that gets the ACL
   * @throws S3Exception AccessControlListNotSupported, InvalidRequest without any grants,
   *     MalformedACLError, AccessDenied and the like
   */
  public static @Nullable Acl of(
      S3Request request, byte[] body, AclWriter acls, String owner, BucketRow bucket) {
    boolean enforced = acls.grants().isEnforced(bucket);
    Acl acl = acls.reader().ofHeaders(request, owner, bucket.getOwner());
    if (acl != null && body.length > 0) {
      throw new S3Exception(S3Error.UNEXPECTED_CONTENT);
    }
    if (enforced) {
      acls.refuseGrants(request);
    }
    if (body.length > 0) {
      return ofDocument(acls, body, owner, bucket, enforced);
    }
    if (acl == null) {
      throw new S3Exception(
          S3Error.MISSING_SECURITY_HEADER,
          S3Error.MISSING_SECURITY_HEADER.message(),
          Map.of("MissingHeaderName", CannedAcl.HEADER));
    }
    AclWriter.checkPublic(acl, bucket);
    return enforced ? null : acl;
  }

  /**
   * In a bucket without ACLs, S3 accepts the document that grants all to the bucket's owner alone.
   */
  private static @Nullable Acl ofDocument(
      AclWriter acls, byte[] body, String owner, BucketRow bucket, boolean enforced) {
    var given = Xml.read(body, AccessControlPolicy.RequestDocument.class);
    Acl acl = acls.reader().ofDocument(given, new String(body, StandardCharsets.UTF_8), owner);
    if (!enforced) {
      AclWriter.checkPublic(acl, bucket);
      return acl;
    }
    if (!given.isOnly(bucket.getOwner())) {
      throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
    }
    return null;
  }
}
