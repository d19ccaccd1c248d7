/**
 * Sharing with other origins. A {@link BucketCors} operation keeps the rules of a {@link
 * CorsDocument}; {@link Cors} says which of them lets an {@link Origin} do what it asks; {@link
 * Preflight} answers a browser that asks beforehand, and {@link CorsHeaders} go with the answer
 * when it asks in earnest.
 */
@NullMarked
package rondo.gateway.s3.cors;

import org.jspecify.annotations.NullMarked;
