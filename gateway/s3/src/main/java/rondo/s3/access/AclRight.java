package rondo.s3.access;

import rondo.metadata.rows.Grant;

/**
 * The ACL permission or the ownership that an action needs when no policy allows it ("Mapping of
 * ACL permissions", S3 user guide).
 */
enum AclRight {
  /** Ownership of the bucket. */
  OWNER(false, Grant.Permission.FULL_CONTROL),
  /** Ownership of the bucket or of the object. */
  EITHER_OWNER(true, Grant.Permission.FULL_CONTROL),
  BUCKET_READ(false, Grant.Permission.READ),
  BUCKET_WRITE(false, Grant.Permission.WRITE),
  BUCKET_READ_ACP(false, Grant.Permission.READ_ACP),
  BUCKET_WRITE_ACP(false, Grant.Permission.WRITE_ACP),
  OBJECT_READ(true, Grant.Permission.READ),
  OBJECT_READ_ACP(true, Grant.Permission.READ_ACP),
  OBJECT_WRITE_ACP(true, Grant.Permission.WRITE_ACP);

  private final boolean ofObject;
  private final Grant.Permission permission;

  AclRight(boolean ofObject, Grant.Permission permission) {
    this.ofObject = ofObject;
    this.permission = permission;
  }

  /** Whether the object's ACL grants it, not the bucket's. */
  boolean isOfObject() {
    return ofObject;
  }

  Grant.Permission permission() {
    return permission;
  }
}
