/**
 * Walks over all rows of a bucket.
 *
 * <ul>
 *   <li>{@link BucketListing} lists the rows of a bucket, shard after shard.
 *   <li>{@link VersionListing} lists versions.
 *   <li>{@link BucketUsage} counts the objects and bytes of a bucket.
 *   <li>{@link BucketQuotas} keeps buckets within their quotas.
 *   <li>{@link VersionConflicts} finds the keys of an available bucket that have concurrent
 *       versions.
 *   <li>{@link MisplacedBlobs} finds blobs whose number of copies isn't the bucket's.
 * </ul>
 */
@NullMarked
package rondo.store.listing;

import org.jspecify.annotations.NullMarked;
