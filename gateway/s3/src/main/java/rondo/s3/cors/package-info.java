/**
 * Requests from pages of other origins (CORS).
 *
 * <ul>
 *   <li>{@link BucketCors} reads, sets and removes the CORS rules of a bucket.
 *   <li>{@link CorsDocument} is the document of these rules, with S3's checks.
 *   <li>{@link OriginRequest} is the origin, method and headers that a page asks for.
 *   <li>{@link CorsMatcher} finds the rule that allows such a request.
 *   <li>{@link PreflightRequest} answers OPTIONS.
 *   <li>{@link CorsHeaders} gives the CORS headers of every other answer.
 * </ul>
 */
@NullMarked
package rondo.s3.cors;

import org.jspecify.annotations.NullMarked;
