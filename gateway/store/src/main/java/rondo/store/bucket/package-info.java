/**
 * Buckets, and the state that all objects of a bucket share.
 *
 * <ul>
 *   <li>{@link BucketTable} makes, finds, changes and removes buckets, and runs work in one.
 *   <li>{@link BucketLeases} keeps buckets' rows for a short lease.
 *   <li>{@link InFlight} counts the operations that rely on such a row.
 *   <li>{@link AvailableBuckets} reads the rows of available buckets, and refuses promises that
 *       need a quorum.
 *   <li>{@link BucketRemoval} deletes a bucket without losing an acknowledged write.
 *   <li>{@link LifecycleTable} knows which buckets have lifecycle rules.
 *   <li>{@link BlobReferences} knows which rows share a blob.
 *   <li>{@link BlobReleases} drops the blobs of rows that are gone.
 *   <li>{@link DeletedBuckets} brings deleted buckets back that had an undelete window.
 * </ul>
 */
@NullMarked
package rondo.store.bucket;

import org.jspecify.annotations.NullMarked;
