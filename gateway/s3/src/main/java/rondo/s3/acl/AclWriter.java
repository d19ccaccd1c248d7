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

/** The ACLs of what requests make and change. Thread-safe. */
public final class AclWriter {
  /** The owner of what was made without a signature: no account. */
  public static final String ANONYMOUS = "anonymous";

  /** What a new bucket has in profile aws. */
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

  /** Whether there is an account of that id. */
  public boolean isAccount(String id) {
    return accounts.displayName(id) != null;
  }

  /** Names owners in the answer to the request. */
  public OwnerNames owners(S3Request request) {
    return new OwnerNames(accounts, grants.compat(), request.caller());
  }

  /** The account that sends the request. */
  public static String accountId(@Nullable Identity caller) {
    return caller == null ? ANONYMOUS : caller.accountId();
  }

  /**
   * Gives an object that the request makes its owner and its grants.
   *
   * @throws S3Exception AccessControlListNotSupported, InvalidArgument, InvalidRequest,
   *     UnresolvableGrantByEmailAddress
   */
  public void own(ObjectRow.Builder object, S3Request request, BucketRow bucket) {
    String bucketOwner = bucket.getOwner();
    if (grants.isEnforced(bucket)) {
      refuse(request);
      object.setOwner(bucketOwner);
      return;
    }
    boolean handed =
        bucket.getObjectOwnership().equals(ObjectOwnership.PREFERRED)
            && CannedAcl.OWNER_FULL_CONTROL.equals(request.header(CannedAcl.HEADER));
    String owner = handed ? bucketOwner : accountId(request.caller());
    object.setOwner(owner);
    Acl acl = reader.ofHeaders(request, owner, bucketOwner);
    if (acl != null) {
      checkPublic(acl, bucket);
      object.setAcl(acl);
    }
  }

  /**
   * @throws S3Exception AccessDenied for a public list, where the bucket's public access block
   *     stands against it
   */
  static void checkPublic(Acl acl, BucketRow bucket) {
    if (bucket.getPublicAccessBlock().getBlockPublicAcls() && AclGrants.isPublic(acl)) {
      throw new S3Exception(
          S3Error.ACCESS_DENIED,
          "Public ACLs are blocked by the bucket's public access block (BlockPublicAcls).");
    }
  }

  /**
   * Gives a bucket that the request makes its grants.
   *
   * @throws S3Exception InvalidBucketAclWithObjectOwnership, and what {@link #own} throws
   */
  public void own(BucketRow.Builder bucket, S3Request request) {
    String ownership = request.header("x-amz-object-ownership");
    if (ownership != null) {
      bucket.setObjectOwnership(ObjectOwnership.checked(ownership));
    }
    String canned = request.header(CannedAcl.HEADER);
    boolean enforced = grants.isEnforced(bucket.build());
    if (enforced && (canned == null || canned.equals(CannedAcl.PRIVATE))) {
      canned = null;
    } else if (enforced) {
      throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    }
    if (enforced && GrantReader.hasGrantHeaders(request)) {
      throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
    }
    Acl acl = enforced ? null : reader.ofHeaders(request, bucket.getOwner(), bucket.getOwner());
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

  /** Whether a bucket that is there has the same grants as the one that was to be made. */
  public static boolean same(BucketRow there, BucketRow wanted) {
    return acl(there).equals(acl(wanted));
  }

  private static Acl acl(BucketRow bucket) {
    return bucket.hasAcl()
        ? bucket.getAcl()
        : CannedAcl.of(CannedAcl.PRIVATE, bucket.getOwner(), bucket.getOwner());
  }

  /** Refuses grants where there are no ACLs, unless they say what holds anyway. */
  void refuse(S3Request request) {
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
