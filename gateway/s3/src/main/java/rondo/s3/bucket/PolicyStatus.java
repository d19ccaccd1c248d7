package rondo.s3.bucket;

import com.fasterxml.jackson.annotation.JsonProperty;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AclGrants;
import rondo.s3.error.Difference;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** GetBucketPolicyStatus, with its document: whether the bucket's policy is public. Thread-safe. */
public record PolicyStatus(@JsonProperty("IsPublic") String isPublic) {
  public static S3Response get(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_POLICY_STATUS);
    boolean byPolicy = store.access().isPublic(bucket.row());
    // For older tools the status covers ACLs too, and a missing policy is no error.
    boolean older = Difference.POLICY_STATUS.in(store.acls().grants().compat());
    if (!older) {
      BucketPolicy.document(bucket);
    }
    boolean byAcl = older && AclGrants.isPublic(bucket.row().getAcl());
    return S3Response.document(new PolicyStatus(Boolean.toString(byPolicy || byAcl)));
  }
}
