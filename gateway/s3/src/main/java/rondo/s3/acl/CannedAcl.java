package rondo.s3.acl;

import java.util.ArrayList;
import java.util.List;
import rondo.metadata.rows.Acl;
import rondo.metadata.rows.Grant;
import rondo.s3.error.S3Exception;

/** The ACLs that have a name (canned ACLs). Pure. */
final class CannedAcl {
  static final String HEADER = "x-amz-acl";
  static final String PRIVATE = "private";
  static final String OWNER_FULL_CONTROL = "bucket-owner-full-control";

  private CannedAcl() {}

  /**
   * The ACL of that name.
   *
   * @param owner of the bucket or object that gets the ACL
   * @param bucketOwner of the bucket, or of the object's bucket
   * @throws S3Exception InvalidArgument for an unknown name
   */
  static Acl of(String name, String owner, String bucketOwner) {
    var grants = new ArrayList<Grant>();
    switch (name) {
      case PRIVATE -> {}
      case "public-read" -> grants.add(group(AclGrants.ALL_USERS, Grant.Permission.READ));
      case "public-read-write" ->
          grants.addAll(
              List.of(
                  group(AclGrants.ALL_USERS, Grant.Permission.READ),
                  group(AclGrants.ALL_USERS, Grant.Permission.WRITE)));
      case "authenticated-read" ->
          grants.add(group(AclGrants.AUTHENTICATED_USERS, Grant.Permission.READ));
      case "bucket-owner-read" -> grants.add(account(bucketOwner, Grant.Permission.READ));
      case OWNER_FULL_CONTROL -> grants.add(account(bucketOwner, Grant.Permission.FULL_CONTROL));
      default -> throw S3Exception.argument(HEADER, name, "Unknown canned ACL.");
    }
    if (owner.equals(bucketOwner)) {
      grants.removeIf(grant -> grant.getKind() == Grant.Kind.ACCOUNT);
    }
    grants.addFirst(account(owner, Grant.Permission.FULL_CONTROL));
    return Acl.newBuilder().addAllGrants(grants).build();
  }

  static Grant account(String id, Grant.Permission permission) {
    return Grant.newBuilder()
        .setKind(Grant.Kind.ACCOUNT)
        .setGrantee(id)
        .setPermission(permission)
        .build();
  }

  static Grant group(String uri, Grant.Permission permission) {
    return Grant.newBuilder()
        .setKind(Grant.Kind.GROUP)
        .setGrantee(uri)
        .setPermission(permission)
        .build();
  }
}
