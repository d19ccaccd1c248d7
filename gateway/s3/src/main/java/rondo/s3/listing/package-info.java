/**
 * Listings of objects and versions.
 *
 * <ul>
 *   <li>{@link rondo.s3.listing.ListObjects}: ListObjects, version 1
 *   <li>{@link rondo.s3.listing.ListObjectsV2}: ListObjectsV2
 *   <li>{@link rondo.s3.listing.ListObjectVersions}: ListObjectVersions
 *   <li>{@link rondo.s3.listing.ListingScope}: the prefix, delimiter, limit and encoding of a
 *       listing
 *   <li>{@link rondo.s3.listing.ContinuationToken}: the place at which a listing goes on, as
 *       clients hold it
 *   <li>{@code ListedObject}: an object in a listing
 *   <li>{@code RestoreStatus}: the restored state of an archived object in a listing
 * </ul>
 */
@NullMarked
package rondo.s3.listing;

import org.jspecify.annotations.NullMarked;
