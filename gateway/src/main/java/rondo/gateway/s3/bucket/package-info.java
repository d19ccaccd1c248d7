/**
 * Operations on buckets: {@link rondo.gateway.s3.bucket.CreateBucket}, {@link
 * rondo.gateway.s3.bucket.ListBuckets}, {@link rondo.gateway.s3.bucket.HeadBucket}, {@link
 * rondo.gateway.s3.bucket.GetBucketLocation}, {@link rondo.gateway.s3.bucket.BucketVersioning},
 * {@link rondo.gateway.s3.bucket.BucketTagging}, {@link rondo.gateway.s3.bucket.RequestPayment},
 * {@link rondo.gateway.s3.bucket.Unconfigured}, {@link rondo.gateway.s3.bucket.DeleteBucket}.
 */
@NullMarked
package rondo.gateway.s3.bucket;

import org.jspecify.annotations.NullMarked;
