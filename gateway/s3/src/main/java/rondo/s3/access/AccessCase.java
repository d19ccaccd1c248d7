package rondo.s3.access;

import org.jspecify.annotations.Nullable;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyQuestion;

/**
 * The facts that decide whether an attempt is allowed.
 *
 * @param ownsBucket whether the requester's account owns the bucket or is the root account
 * @param ownsResource whether that account owns the resource (the bucket, or an object in a bucket
 *     with ACLs) or is the root account
 * @param allowedByAcl whether ownership and ACLs allow the action
 * @param bucketPolicy null when the bucket has none
 * @param policyApplies whether the bucket's policy can allow the action: as a rule only on what the
 *     bucket's owner owns
 * @param restricted whether a public access block reserves a public policy for the owner's account
 * @param userPolicy the key's own policy; null when the key may do all that its account may
 */
record AccessCase(
    PolicyQuestion question,
    boolean ownsBucket,
    boolean ownsResource,
    boolean allowedByAcl,
    @Nullable Policy bucketPolicy,
    boolean policyApplies,
    boolean restricted,
    @Nullable Policy userPolicy) {}
