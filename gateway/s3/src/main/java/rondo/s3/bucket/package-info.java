/**
 * Operations on buckets and on those of their settings that are small.
 *
 * <ul>
 *   <li>{@link ListBuckets} answers ListBuckets.
 *   <li>{@link CreateBucket} answers CreateBucket.
 *   <li>{@link HeadBucket} answers HeadBucket.
 *   <li>{@link DeleteBucket} answers DeleteBucket.
 *   <li>{@link GetBucketLocation} answers GetBucketLocation.
 *   <li>{@link BucketVersioning} answers GetBucketVersioning and PutBucketVersioning.
 *   <li>{@link BucketTagging} reads, sets and removes the tags of a bucket.
 *   <li>{@link RequestPayment} answers GetBucketRequestPayment and PutBucketRequestPayment.
 *   <li>{@link BucketAcl} answers GetBucketAcl and PutBucketAcl.
 *   <li>{@link OwnershipControls} reads, sets and removes the object ownership of a bucket.
 *   <li>{@link PublicAccessBlockConfiguration} reads, sets and removes its public access block.
 *   <li>{@link BucketEncryption} reads, sets and removes its default encryption.
 *   <li>{@link BucketPolicy} reads, sets and removes its policy.
 *   <li>{@link BucketPolicyRules} checks the rules for such a policy beyond the policy language.
 *   <li>{@link PolicyStatus} answers GetBucketPolicyStatus.
 *   <li>{@link UnconfiguredSettings} answers for settings of S3 that no bucket has here.
 *   <li>{@link AwsRegions}: the regions that requests may name
 *   <li>{@link RegionHeader}: the region of a bucket, in every answer about it
 *   <li>{@link ResourceTags}: the same tags, by S3 Control
 * </ul>
 */
@NullMarked
package rondo.s3.bucket;

import org.jspecify.annotations.NullMarked;
