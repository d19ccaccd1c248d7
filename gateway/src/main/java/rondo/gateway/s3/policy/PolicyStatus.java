package rondo.gateway.s3.policy;

import com.fasterxml.jackson.annotation.JsonProperty;
import rondo.gateway.s3.Difference;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.acl.Grants;
import rondo.gateway.store.Bucket;

/** GetBucketPolicyStatus: is the bucket's policy public. Also its document. */
public record PolicyStatus(@JsonProperty("IsPublic") String isPublic) {
  public static S3Response get(S3Store store, S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_POLICY_STATUS);
    boolean byPolicy = store.access().isPublic(bucket.row());
    // Older tools are told of ACLs too, and not of a policy that isn't there.
    boolean older = Difference.POLICY_STATUS.in(store.acls().grants().compat());
    if (!older) {
      BucketPolicy.document(bucket);
    }
    boolean byAcl = older && Grants.isPublic(bucket.row().getAcl());
    return S3Response.document(new PolicyStatus(Boolean.toString(byPolicy || byAcl)));
  }
}
