package rondo.s3.bucket;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Grant;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.ObjectOwnership;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/**
 * PutBucketOwnershipControls, GetBucketOwnershipControls and DeleteBucketOwnershipControls, with
 * their document: whether a bucket has ACLs, and which account owns its objects. Thread-safe.
 */
public record OwnershipControls(@Nullable List<Rule> rule) {
  private static final int MOST_BYTES = 16 * 1024;

  record Rule(@Nullable String objectOwnership) {}

  /**
   * @throws S3Exception OwnershipControlsNotFoundError, NoSuchBucket, AccessDenied
   */
  public static S3Response get(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_OWNERSHIP_CONTROLS);
    String set = bucket.row().getObjectOwnership();
    boolean unsaid = set.isEmpty() && !store.acls().grants().isEnforced(bucket.row());
    if (unsaid || set.equals(ObjectOwnership.DELETED)) {
      throw new S3Exception(S3Error.OWNERSHIP_CONTROLS_NOT_FOUND_ERROR);
    }
    return S3Response.document(
        new OwnershipControls(List.of(new Rule(set.isEmpty() ? ObjectOwnership.ENFORCED : set))));
  }

  /**
   * Sets the object ownership of a bucket.
   *
   * @throws S3Exception MalformedXML, InvalidBucketAclWithObjectOwnership when the bucket's ACL has
   *     grants to others, which would lose their effect
   */
  public static S3Response put(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_OWNERSHIP_CONTROLS);
    List<Rule> rules =
        Xml.read(BodyReader.document(request, MOST_BYTES), OwnershipControls.class).rule();
    String name = rules == null || rules.size() != 1 ? null : rules.getFirst().objectOwnership();
    if (name == null || !ObjectOwnership.isKnown(name)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    store
        .buckets()
        .change(
            bucket,
            row -> {
              boolean others =
                  row.getAcl().getGrantsList().stream().anyMatch(g -> isOther(g, row.getOwner()));
              if (name.equals(ObjectOwnership.ENFORCED) && others) {
                throw new S3Exception(S3Error.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP);
              }
              return row.toBuilder().setObjectOwnership(name).build();
            });
    return S3Response.ok();
  }

  public static S3Response delete(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_OWNERSHIP_CONTROLS);
    store
        .buckets()
        .change(bucket, row -> row.toBuilder().setObjectOwnership(ObjectOwnership.DELETED).build());
    return S3Response.of(204);
  }

  private static boolean isOther(Grant grant, String owner) {
    return grant.getKind() != Grant.Kind.ACCOUNT || !grant.getGrantee().equals(owner);
  }
}
