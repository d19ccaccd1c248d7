package rondo.s3.acl;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PublicAccessBlock;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;

/**
 * Sets the owners and ACLs of the buckets and objects that requests create and change. Thread-safe.
 */
public final class AclWriter {
  /** The owner of an object that an unsigned request created: no account. */
  public static final String ANONYMOUS = "anonymous";

  /** The public access block of a new bucket in profile aws. */
  private static final PublicAccessBlock ALL_BLOCKED =
      PublicAccessBlock.newBuilder()
          .setBlockPublicAcls(true)
          .setIgnorePublicAcls(true)
          .setBlockPublicPolicy(true)
          .setRestrictPublicBuckets(true)
          .build();

  private final AclGrants grants;
  private final AccountDirectory accounts;
  private final GrantReader reader;

  public AclWriter(AclGrants grants, AccountDirectory accounts) {
    this.grants = grants;
    this.accounts = accounts;
    this.reader = new GrantReader(accounts);
  }

  public AclGrants grants() {
    return grants;
  }

  GrantReader reader() {
    return reader;
  }

  /**
   * Whether there is an account of that id.
   *
   * @throws S3Exception ServiceUnavailable when it can't be known now
   */
  public boolean isAccount(String id) {
    return accounts.displayName(id) != null;
  }

  /** The names of owners for the answer to a request. */
  public OwnerNames owners(S3Request request) {
    return new OwnerNames(accounts, grants.compat(), request.caller());
  }

  /** The account that sends the request; {@link #ANONYMOUS} for an unsigned one. */
  public static String accountId(@Nullable Identity caller) {
    return caller == null ? ANONYMOUS : caller.accountId();
  }

  /**
   * Sets the owner and the ACL of an object that the request creates.
   *
   * @throws S3Exception AccessControlListNotSupported, AccessDenied for a blocked public ACL,
   *     InvalidArgument, InvalidRequest, UnresolvableGrantByEmailAddress
   */
  public void own(ObjectRow.Builder object, S3Request request, BucketRow bucket) {
    String bucketOwner = bucket.getOwner();
    boolean enforced = grants.isEnforced(bucket);
    boolean handed =
        bucket.getObjectOwnership().equals(ObjectOwnership.PREFERRED)
            && CannedAcl.OWNER_FULL_CONTROL.equals(request.header(CannedAcl.HEADER));
    String owner = enforced || handed ? bucketOwner : accountId(request.caller());
    object.setOwner(owner);
    Acl acl = reader.ofHeaders(request, owner, bucketOwner);
    if (enforced) {
      refuseGrants(request);
      return;
    }
    if (acl != null) {
      checkPublic(acl, bucket);
      object.setAcl(acl);
    }
  }

  /**
   * Refuses a public ACL where the bucket's public access block forbids it.
   *
   * @throws S3Exception AccessDenied
   */
  static void checkPublic(Acl acl, BucketRow bucket) {
    if (bucket.getPublicAccessBlock().getBlockPublicAcls() && AclGrants.isPublic(acl)) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED,
          "Public ACLs are blocked by the bucket's public access block (BlockPublicAcls).");
    }
  }

  /**
   * Sets the object ownership, the public access block and the ACL of a bucket that the request
   * creates.
   *
   * @throws S3Exception InvalidBucketAclWithObjectOwnership,
   *     InvalidBucketAclWithBlockPublicAccessError, InvalidArgument, InvalidRequest,
   *     UnresolvableGrantByEmailAddress
   */
  public void own(BucketRow.Builder bucket, S3Request request) {
    String ownership = request.header("x-amz-object-ownership");
    if (ownership != null) {
      bucket.setObjectOwnership(ObjectOwnership.checked(ownership));
    }
    String canned = request.header(CannedAcl.HEADER);
    boolean enforced = grants.isEnforced(bucket.build());
    Acl given = reader.ofHeaders(request, bucket.getOwner(), bucket.getOwner());
    if (enforced && (canned == null || canned.equals(CannedAcl.PRIVATE))) {
      canned = null;
    } else if (enforced) {
      throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    }
    if (enforced && GrantReader.hasGrantHeaders(request)) {
      throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    }
    Acl acl = enforced ? null : given;
    if (!Difference.PUBLIC_ACCESS.in(grants.compat())) {
      bucket.setPublicAccessBlock(ALL_BLOCKED);
    }
    if (acl != null) {
      if (AclGrants.isPublic(acl) && bucket.getPublicAccessBlock().getBlockPublicAcls()) {
        throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_BLOCK_PUBLIC_ACCESS_ERROR);
      }
      bucket.setAcl(acl);
    }
  }

  /** Whether an existing bucket has the ACL that a request wants for a new bucket of that name. */
  public static boolean same(BucketRow there, BucketRow wanted) {
    return acl(there).equals(acl(wanted));
  }

  private static Acl acl(BucketRow bucket) {
    return bucket.hasAcl()
        ? bucket.getAcl()
        : CannedAcl.of(CannedAcl.PRIVATE, bucket.getOwner(), bucket.getOwner());
  }

  /**
   * Refuses the grants of a request to a bucket without ACLs, unless they change nothing, as
   * bucket-owner-full-control does.
   *
   * @throws S3Exception AccessControlListNotSupported
   */
  void refuseGrants(S3Request request) {
    String canned = request.header(CannedAcl.HEADER);
    boolean harmless =
        canned == null
            || canned.equals(CannedAcl.OWNER_FULL_CONTROL)
            || (canned.equals(CannedAcl.PRIVATE)
                && !Difference.PRIVATE_WITHOUT_ACLS.in(grants.compat()));
    if (!harmless || GrantReader.hasGrantHeaders(request)) {
      throw new S3Exception(S3Error.ACCESS_CONTROL_LIST_NOT_SUPPORTED);
    }
  }
}
