/**
 * The rows of S3's things, by quorums: {@link rondo.gateway.store.Store} has them all. {@link
 * rondo.gateway.store.Rows} reads and writes registers, with the {@link
 * rondo.gateway.store.Consistency} that a request asks for and for its {@link
 * rondo.gateway.store.Session}; {@link rondo.gateway.store.BucketTable} gives a {@link
 * rondo.gateway.store.Bucket} ({@link rondo.gateway.store.BucketRemoval} deletes one, {@link
 * rondo.gateway.store.BucketLeases} remember it, and {@code InFlight} who goes by that, {@link
 * rondo.gateway.store.ClosedException} is what writers then meet); {@link
 * rondo.gateway.store.ObjectTable} a {@link rondo.gateway.store.Stored} object, written under a
 * {@link rondo.gateway.store.Condition} ({@code Conditional}), or shared at another {@link
 * rondo.gateway.store.Place}, or extended by an {@link rondo.gateway.store.Extension}; {@link
 * rondo.gateway.store.Listing} walks them, {@link rondo.gateway.store.Usage} counts them, and
 * {@link rondo.gateway.store.Quotas} bound them. Where a bucket keeps versions, {@code Versions}
 * writes a key at its {@code ObjectSlot}, a {@code Promotion} makes its {@code NewestVersion} the
 * current one, {@code Siblings} writes those of available buckets ({@code Availability} says what
 * these can't promise) and {@link rondo.gateway.store.Conflicts} counts them, {@code Locks} keeps
 * versions from going, {@link rondo.gateway.store.VersionId} names one and {@link
 * rondo.gateway.store.VersionListing} lists them. {@link rondo.gateway.store.Releases} drops the
 * blobs of rows that are gone, when {@link rondo.gateway.store.References} say that nobody shares
 * them. {@link rondo.gateway.store.RandomIds} names what is new. {@link
 * rondo.gateway.store.UploadTable} holds an {@link rondo.gateway.store.Upload} and each {@link
 * rondo.gateway.store.Part}, of which a {@link rondo.gateway.store.Completion} makes an object, and
 * {@link rondo.gateway.store.EndedUploads} clears away the rest. {@link
 * rondo.gateway.store.LifecycleTable} knows which buckets have rules. {@link
 * rondo.gateway.store.AwayWalk} finds blobs that have another number of copies than their bucket,
 * and {@link rondo.gateway.store.Rehousing} gives their versions others. Refusals are {@link
 * rondo.gateway.store.RefusalException}s: the store's own a {@link
 * rondo.gateway.store.StoreException} with its reason.
 */
@NullMarked
package rondo.gateway.store;

import org.jspecify.annotations.NullMarked;
