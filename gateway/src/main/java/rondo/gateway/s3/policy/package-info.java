/**
 * Operations on policies of buckets: {@link BucketPolicy}, checked by {@link BucketPolicyRules},
 * {@link PolicyStatus} and {@link PublicAccessBlockConfiguration}.
 */
@NullMarked
package rondo.gateway.s3.policy;

import org.jspecify.annotations.NullMarked;
