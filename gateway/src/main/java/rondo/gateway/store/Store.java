package rondo.gateway.store;

import rondo.gateway.blob.BlobStore;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Time;

/**
 * Everything that S3 operations read and write, of one node. Its parts are thread-safe.
 *
 * @param rows for the clock, and for what has no table of its own here
 */
public record Store(
    Rows rows,
    BucketTable buckets,
    ObjectTable objects,
    Listing listing,
    UploadTable uploads,
    Releases releases,
    BlobStore blobs) {

  public static Store of(Coordinator coordinator, Time time, BlobStore blobs) {
    var rows = new Rows(coordinator, time);
    var ids = new RandomIds();
    var releases = new Releases(rows, blobs);
    var buckets = new BucketTable(rows, ids, releases);
    return new Store(
        rows,
        buckets,
        new ObjectTable(buckets, rows, releases, ids),
        new Listing(buckets, rows),
        new UploadTable(buckets, rows, releases, ids),
        releases,
        blobs);
  }
}
