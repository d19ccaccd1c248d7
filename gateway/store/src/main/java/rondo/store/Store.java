package rondo.store;

import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Time;
import rondo.store.blob.BlobStore;
import rondo.store.bucket.BlobReleases;
import rondo.store.bucket.BucketLeases;
import rondo.store.bucket.BucketTable;
import rondo.store.bucket.LifecycleTable;
import rondo.store.listing.BucketListing;
import rondo.store.listing.BucketQuotas;
import rondo.store.listing.BucketUsage;
import rondo.store.object.ObjectTable;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.upload.UploadTable;

/**
 * S3's state on the ring: every table and blob that S3 operations read and write. A node has one.
 * Its parts are thread-safe.
 *
 * @param rows all rows, for tables that have no type here, and for the clock
 */
public record Store(
    RowStore rows,
    BucketTable buckets,
    ObjectTable objects,
    BucketListing listing,
    UploadTable uploads,
    LifecycleTable lifecycles,
    BucketQuotas quotas,
    BlobStore blobs) {

  /** A store for a cluster with a single gateway. */
  public static Store of(Coordinator coordinator, Time time, BlobStore blobs) {
    return of(coordinator, time, blobs, new BucketLeases(time, BucketLeases.OtherGateways.NONE));
  }

  public static Store of(Coordinator coordinator, Time time, BlobStore blobs, BucketLeases leases) {
    var rows = new RowStore(coordinator, time);
    var ids = new RandomIds();
    var releases = new BlobReleases(rows, blobs);
    var buckets = new BucketTable(rows, ids, releases, leases);
    var listing = new BucketListing(buckets, rows);
    return new Store(
        rows,
        buckets,
        new ObjectTable(buckets, rows, releases, ids),
        listing,
        new UploadTable(buckets, rows, releases, ids),
        new LifecycleTable(rows),
        new BucketQuotas(bucket -> BucketUsage.of(listing, bucket), blobs::hasRoom, time),
        blobs);
  }
}
