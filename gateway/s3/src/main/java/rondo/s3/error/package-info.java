/**
 * The leaf of the S3 side: errors, and what every package needs to tell them.
 *
 * <ul>
 *   <li>{@link rondo.s3.error.S3Error}: S3's errors, each with its code, status and usual message
 *   <li>{@link rondo.s3.error.S3Exception}: ends a request with one of them
 *   <li>{@link rondo.s3.error.RefusedRequest}: what an error's document tells of the request
 *   <li>{@link rondo.s3.error.Difference}: every difference between the profiles {@code aws} and
 *       {@code compat}
 *   <li>{@link rondo.s3.error.PercentCoding}: percent-encoding as signatures and messages write it
 *   <li>{@link rondo.s3.error.ConsistencyHeaders}: the headers that ask for a consistency level and
 *       carry a session
 * </ul>
 */
@NullMarked
package rondo.s3.error;

import org.jspecify.annotations.NullMarked;
