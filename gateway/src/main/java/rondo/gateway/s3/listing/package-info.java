/**
 * Listings of keys. A request's {@link rondo.gateway.s3.listing.Scope} and position, which may be a
 * {@link rondo.gateway.s3.listing.ContinuationToken}, lead to a page of {@link
 * rondo.gateway.s3.listing.Listed} objects, perhaps with their {@code RestoreStatus}: {@link
 * rondo.gateway.s3.listing.ListObjects}, {@link rondo.gateway.s3.listing.ListObjectsV2}, {@link
 * rondo.gateway.s3.listing.ListObjectVersions}.
 */
@NullMarked
package rondo.gateway.s3.listing;

import org.jspecify.annotations.NullMarked;
