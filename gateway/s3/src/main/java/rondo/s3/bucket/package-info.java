/**
 * Operations on buckets and on those of their settings that are small.
 *
 * <ul>
 *   <li>{@link rondo.s3.bucket.ListBuckets}: ListBuckets
 *   <li>{@code AwsRegions}: the regions that requests may name
 *   <li>{@link rondo.s3.bucket.CreateBucket}: CreateBucket
 *   <li>{@link rondo.s3.bucket.HeadBucket}: HeadBucket
 *   <li>{@link rondo.s3.bucket.DeleteBucket}: DeleteBucket
 *   <li>{@link rondo.s3.bucket.RegionHeader}: the region of a bucket, in every answer about it
 *   <li>{@link rondo.s3.bucket.GetBucketLocation}: GetBucketLocation
 *   <li>{@link rondo.s3.bucket.BucketVersioning}: GetBucketVersioning and PutBucketVersioning
 *   <li>{@link rondo.s3.bucket.BucketTagging}: the tags of a bucket
 *   <li>{@link rondo.s3.bucket.ResourceTags}: the same tags, by S3 Control
 *   <li>{@link rondo.s3.bucket.RequestPayment}: GetBucketRequestPayment and PutBucketRequestPayment
 *   <li>{@link rondo.s3.bucket.UnconfiguredSettings}: the answers for settings that a bucket never
 *       has here
 *   <li>{@link rondo.s3.bucket.BucketAcl}: GetBucketAcl and PutBucketAcl
 *   <li>{@link rondo.s3.bucket.OwnershipControls}: the ownership of a bucket's objects
 *   <li>{@link rondo.s3.bucket.BucketEncryption}: the default encryption of a bucket
 *   <li>{@link rondo.s3.bucket.BucketPolicy}: the policy of a bucket
 *   <li>{@code BucketPolicyRules}: the limits that S3 sets to a bucket's policy beyond the language
 *   <li>{@link rondo.s3.bucket.PolicyStatus}: GetBucketPolicyStatus
 *   <li>{@link rondo.s3.bucket.PublicAccessBlockConfiguration}: the public access block of a bucket
 * </ul>
 */
@NullMarked
package rondo.s3.bucket;

import org.jspecify.annotations.NullMarked;
