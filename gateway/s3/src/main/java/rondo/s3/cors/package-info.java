/**
 * Requests from pages of other origins.
 *
 * <ul>
 *   <li>{@link rondo.s3.cors.BucketCors}: the operations on a bucket's rules
 *   <li>{@code CorsDocument}: their document
 *   <li>{@link CorsMatcher}: finds the rule that allows an origin's request
 *   <li>{@code OriginRequest}: the origin, method and headers that a page asks for
 *   <li>{@link rondo.s3.cors.PreflightRequest}: answers OPTIONS
 *   <li>{@link rondo.s3.cors.CorsHeaders}: the headers of every other answer
 * </ul>
 */
@NullMarked
package rondo.s3.cors;

import org.jspecify.annotations.NullMarked;
