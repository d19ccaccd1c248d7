/**
 * Buckets, and what belongs to all of a bucket's objects.
 *
 * <ul>
 *   <li>{@link BucketTable} makes, finds, changes and removes buckets, and does work in one.
 *   <li>{@link BucketLeases} keep rows of buckets for a moment.
 *   <li>{@link InFlight} are the operations that go by such a row.
 *   <li>{@link AvailableBuckets} says what it takes that a bucket is available.
 *   <li>{@link BucketRemoval} deletes a bucket without losing an acknowledged write.
 *   <li>{@link LifecycleTable} knows which buckets have lifecycle rules.
 *   <li>{@link BlobReferences} say which rows share a blob.
 *   <li>{@link BlobReleases} drop the blobs of rows that are gone.
 * </ul>
 */
@NullMarked
package rondo.store.bucket;

import org.jspecify.annotations.NullMarked;
