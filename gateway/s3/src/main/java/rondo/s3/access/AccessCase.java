package rondo.s3.access;

import org.jspecify.annotations.Nullable;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyQuestion;

/**
 * All that decides whether something may be done.
 *
 * @param bucketOwners whether the requester's account owns the bucket, or everything
 * @param ownersOwn whether it owns what is touched: the bucket, or an object with an ACL of its own
 * @param listed whether ownership and ACLs allow it
 * @param bucketPolicy null for none
 * @param spoken whether what the bucket's policy allows counts: it is the owner's of what is
 *     touched
 * @param restricted whether a public access block keeps a public policy for the owner's account
 * @param userPolicy null: the key may do all that its account may
 */
record AccessCase(
    PolicyQuestion question,
    boolean bucketOwners,
    boolean ownersOwn,
    boolean listed,
    @Nullable Policy bucketPolicy,
    boolean spoken,
    boolean restricted,
    @Nullable Policy userPolicy) {}
