package rondo.gateway.s3.acl;

import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.Identity;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.ObjectRow;

/**
 * What ACLs and ownership say, from rows. Pure.
 *
 * @param compat whether grants to groups count, and a bucket that says nothing has ACLs at all
 * @param rootAccount the account that may do everything
 */
public record Grants(boolean compat, String rootAccount) {
  public static final String ALL_USERS = "http://acs.amazonaws.com/groups/global/AllUsers";
  public static final String AUTHENTICATED_USERS =
      "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";

  /** The ownership under which all is the bucket owner's and there are no ACLs. */
  static final String ENFORCED = "BucketOwnerEnforced";

  /** Whether the bucket is without ACLs. */
  public boolean isEnforced(BucketRow bucket) {
    String ownership = bucket.getObjectOwnership();
    return ownership.equals(ENFORCED) || (ownership.isEmpty() && !compat);
  }

  /** Whether the caller is the bucket's owner, or root. */
  public boolean owns(@Nullable Identity caller, BucketRow bucket) {
    return isAccount(caller, bucket.getOwner()) || isAccount(caller, rootAccount);
  }

  /**
   * @param caller null: anonymous
   */
  public boolean allows(@Nullable Identity caller, BucketRow bucket, Grant.Permission wanted) {
    if (isEnforced(bucket)) {
      return owns(caller, bucket);
    }
    Acl acl = bucket.hasAcl() ? bucket.getAcl() : null;
    return isAccount(caller, rootAccount) || allows(caller, bucket.getOwner(), acl, wanted);
  }

  /**
   * @param caller null: anonymous
   */
  public boolean allows(
      @Nullable Identity caller, BucketRow bucket, ObjectRow object, Grant.Permission wanted) {
    if (isEnforced(bucket)) {
      return owns(caller, bucket);
    }
    Acl acl = object.hasAcl() ? object.getAcl() : null;
    return isAccount(caller, rootAccount) || allows(caller, object.getOwner(), acl, wanted);
  }

  private boolean allows(
      @Nullable Identity caller, String owner, @Nullable Acl acl, Grant.Permission wanted) {
    if (isAccount(caller, owner)
        && (acl == null
            || wanted == Grant.Permission.READ_ACP
            || wanted == Grant.Permission.WRITE_ACP)) {
      return true;
    }
    return acl != null
        && acl.getGrantsList().stream()
            .anyMatch(grant -> isFor(grant, caller) && covers(grant.getPermission(), wanted));
  }

  private boolean isFor(Grant grant, @Nullable Identity caller) {
    String grantee = grant.getGrantee();
    return switch (grant.getKind()) {
      case ACCOUNT -> isAccount(caller, grantee);
      case GROUP ->
          compat
              && (grantee.equals(ALL_USERS)
                  || (caller != null && grantee.equals(AUTHENTICATED_USERS)));
      case UNRECOGNIZED -> false;
    };
  }

  private static boolean covers(Grant.Permission given, Grant.Permission wanted) {
    return given == wanted || given == Grant.Permission.FULL_CONTROL;
  }

  private static boolean isAccount(@Nullable Identity caller, String account) {
    return caller != null && caller.accountId().equals(account);
  }
}
