package rondo.s3.acl;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;

/**
 * Evaluates ACLs and object ownership, from rows. Pure.
 *
 * @param compat whether a bucket without an ownership setting has ACLs
 * @param rootAccount the account that may do everything
 */
public record AclGrants(boolean compat, String rootAccount) {
  public static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
  public static final String AUTHENTICATED_USERS =
      "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

  /** Whether the bucket has no ACLs (BucketOwnerEnforced). */
  public boolean isEnforced(BucketRow bucket) {
    String ownership = bucket.getObjectOwnership();
    return ownership.equals(ObjectOwnership.ENFORCED)
        || (ownership.isEmpty() && !Difference.ACLS.in(compat));
  }

  /** Whether the caller is the bucket's owner, or root. */
  public boolean owns(@Nullable Identity caller, BucketRow bucket) {
    return isAccount(caller, bucket.getOwner()) || isRoot(caller);
  }

  /** Whether the caller is the root account. */
  public boolean isRoot(@Nullable Identity caller) {
    return isAccount(caller, rootAccount);
  }

  /**
   * Whether ownership or the bucket's ACL gives the caller a permission on the bucket.
   *
   * @param caller null when anonymous
   */
  public boolean allows(@Nullable Identity caller, BucketRow bucket, Grant.Permission wanted) {
    if (isEnforced(bucket)) {
      return owns(caller, bucket);
    }
    Acl acl = bucket.hasAcl() ? bucket.getAcl() : null;
    return isRoot(caller) || allows(caller, bucket, bucket.getOwner(), acl, wanted);
  }

  /**
   * Whether ownership or the object's ACL gives the caller a permission on the object.
   *
   * @param caller null when anonymous
   */
  public boolean allows(
      @Nullable Identity caller, BucketRow bucket, ObjectRow object, Grant.Permission wanted) {
    if (isEnforced(bucket)) {
      return owns(caller, bucket);
    }
    Acl acl = object.hasAcl() ? object.getAcl() : null;
    return isRoot(caller) || allows(caller, bucket, object.getOwner(), acl, wanted);
  }

  private static boolean allows(
      @Nullable Identity caller,
      BucketRow bucket,
      String owner,
      @Nullable Acl acl,
      Grant.Permission wanted) {
    if (isAccount(caller, owner)
        && (acl == null
            || wanted == Grant.Permission.READ_ACP
            || wanted == Grant.Permission.WRITE_ACP)) {
      return true;
    }
    return acl != null
        && acl.getGrantsList().stream()
            .anyMatch(
                grant -> isFor(grant, caller, bucket) && covers(grant.getPermission(), wanted));
  }

  private static boolean isFor(Grant grant, @Nullable Identity caller, BucketRow bucket) {
    String grantee = grant.getGrantee();
    return switch (grant.getKind()) {
      case ACCOUNT -> isAccount(caller, grantee);
      case GROUP ->
          !bucket.getPublicAccessBlock().getIgnorePublicAcls()
              && (grantee.equals(ALL_USERS)
                  || (caller != null && grantee.equals(AUTHENTICATED_USERS)));
      case UNRECOGNIZED -> false;
    };
  }

  /** Whether an ACL has grants to AllUsers or AuthenticatedUsers. */
  public static boolean isPublic(Acl acl) {
    return acl.getGrantsList().stream()
        .anyMatch(grant ->
            grant.getKind() == Grant.Kind.GROUP
                && (grant.getGrantee().equals(ALL_USERS)
                    || grant.getGrantee().equals(AUTHENTICATED_USERS)));
  }

  /**
   * The account whose ownership decides: the object's owner, or the bucket's owner where there is
   * no object or the bucket has no ACLs.
   */
  public String ownerOf(BucketRow bucket, @Nullable ObjectRow object) {
    return object == null || isEnforced(bucket) ? bucket.getOwner() : object.getOwner();
  }

  private static boolean covers(Grant.Permission given, Grant.Permission wanted) {
    return given == wanted || given == Grant.Permission.FULL_CONTROL;
  }

  private static boolean isAccount(@Nullable Identity caller, String account) {
    return caller != null && caller.accountId().equals(account);
  }
}
