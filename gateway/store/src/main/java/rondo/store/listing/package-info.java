/**
 * Walks through all of a bucket.
 *
 * <ul>
 *   <li>{@link BucketListing} lists the rows of a bucket, shard after shard.
 *   <li>{@link VersionListing} lists versions.
 *   <li>{@link BucketUsage} counts what a bucket holds.
 *   <li>{@link BucketQuotas} keep buckets within their quotas.
 *   <li>{@link VersionConflicts} are the keys of an available bucket whose writes had not seen each
 *       other.
 *   <li>{@link MisplacedBlobs} finds blobs that have another number of copies than their bucket
 *       asks for.
 * </ul>
 */
@NullMarked
package rondo.store.listing;

import org.jspecify.annotations.NullMarked;
