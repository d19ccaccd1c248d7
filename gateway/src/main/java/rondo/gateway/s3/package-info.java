/**
 * The words of the S3 API, with {@link BucketName} and {@link HttpDates}. A request's {@link
 * Address} and {@link Query} lead through {@link Routes} to an {@link Operation}; {@link S3Request}
 * is what an operation gets, with its {@link Body} and what is {@link Noted} of it; {@link
 * S3Response} what it gives, {@link S3Exception} with an {@link S3Error} how it refuses. {@link
 * ConsistencyHeaders} say how much agreement a request waits for. {@link Difference} tells the
 * profiles apart.
 */
@NullMarked
package rondo.gateway.s3;

import org.jspecify.annotations.NullMarked;
