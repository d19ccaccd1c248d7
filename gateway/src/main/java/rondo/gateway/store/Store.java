package rondo.gateway.store;

import rondo.gateway.blob.BlobStore;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Time;

/**
 * S3's state on the ring: everything that its operations read and write. A node has one. Its parts
 * are thread-safe.
 *
 * @param rows for the clock, and for what has no table of its own here
 */
public record Store(
    Rows rows,
    BucketTable buckets,
    ObjectTable objects,
    Listing listing,
    UploadTable uploads,
    LifecycleTable lifecycles,
    Quotas quotas,
    BlobStore blobs) {

  /** A store of which there is no other gateway. */
  public static Store of(Coordinator coordinator, Time time, BlobStore blobs) {
    return of(coordinator, time, blobs, new BucketLeases(time, BucketLeases.Elsewhere.NOWHERE));
  }

  public static Store of(Coordinator coordinator, Time time, BlobStore blobs, BucketLeases leases) {
    var rows = new Rows(coordinator, time);
    var ids = new RandomIds();
    var releases = new Releases(rows, blobs);
    var buckets = new BucketTable(rows, ids, releases, leases);
    var listing = new Listing(buckets, rows);
    return new Store(
        rows,
        buckets,
        new ObjectTable(buckets, rows, releases, ids),
        listing,
        new UploadTable(buckets, rows, releases, ids),
        new LifecycleTable(rows),
        new Quotas(bucket -> Usage.of(listing, bucket), time),
        blobs);
  }
}
