/**
 * Listings of objects and versions.
 *
 * <ul>
 *   <li>{@link ListingScope} has the prefix, delimiter, limit and encoding of a listing.
 *   <li>{@link ContinuationToken} encodes the position at which a listing goes on.
 *   <li>{@link ListObjects} answers ListObjects, version 1.
 *   <li>{@link ListObjectsV2} answers ListObjectsV2.
 *   <li>{@link ListObjectVersions} answers ListObjectVersions.
 *   <li>{@link ListedObject} is an object in the answer.
 *   <li>{@link RestoreStatus} tells how long a restored object in the answer can be read.
 * </ul>
 */
@NullMarked
package rondo.s3.listing;

import org.jspecify.annotations.NullMarked;
