package rondo.s3.acl;

import java.util.Set;
import rondo.s3.error.S3Exception;

/**
 * The settings of object ownership, by S3's names ("Controlling ownership of objects", S3 user
 * guide). Pure.
 */
public final class ObjectOwnership {
  /** Buckets have no ACLs: the bucket's owner owns every object. */
  public static final String ENFORCED = "BucketOwnerEnforced";

  /** The bucket's owner owns the objects that others put with bucket-owner-full-control. */
  public static final String PREFERRED = "BucketOwnerPreferred";

  /** What a bucket says whose setting was deleted: it has ACLs, as if writers owned objects. */
  public static final String DELETED = "Deleted";

  private static final Set<String> KNOWN = Set.of(ENFORCED, PREFERRED, "ObjectWriter");

  private ObjectOwnership() {}

  public static boolean isKnown(String ownership) {
    return KNOWN.contains(ownership);
  }

  /**
   * The value of a header.
   *
   * @throws S3Exception InvalidArgument
   */
  static String checked(String ownership) {
    if (!isKnown(ownership)) {
      throw S3Exception.argument("x-amz-object-ownership", "Invalid x-amz-object-ownership header");
    }
    return ownership;
  }
}
