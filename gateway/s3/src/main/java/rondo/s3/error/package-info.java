/**
 * The leaf of the S3 side: S3's errors, and small types that every other package may need.
 *
 * <ul>
 *   <li>{@link S3Error} lists S3's errors, each with its code, status and usual message.
 *   <li>{@link S3Exception} ends a request with one of them.
 *   <li>{@link Difference} lists the differences between the profiles {@code aws} and {@code
 *       compat}.
 *   <li>{@link PercentCoding} encodes text in percent signs, as signatures and messages need it.
 *   <li>{@link ConsistencyHeaders} reads the headers that choose a consistency level and carry a
 *       session.
 *   <li>{@link RefusedRequest}: what an error's document tells of the request
 * </ul>
 */
@NullMarked
package rondo.s3.error;

import org.jspecify.annotations.NullMarked;
