package rondo.gateway.store;

import rondo.gateway.blob.BlobStore;
import rondo.gateway.s3.access.Access;
import rondo.gateway.s3.acl.Acls;
import rondo.gateway.s3.encryption.ServerSideEncryption;
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
    LifecycleTable lifecycles,
    Quotas quotas,
    Releases releases,
    BlobStore blobs,
    Acls acls,
    Access access,
    ServerSideEncryption encryption) {

  /** A store whose buckets are for their owners alone. */
  public static Store of(Coordinator coordinator, Time time, BlobStore blobs) {
    var leases = new BucketLeases(time, BucketLeases.Elsewhere.NOWHERE);
    return of(coordinator, time, blobs, leases, Acls.none());
  }

  /** A store for those who leave the bytes of objects alone. */
  public static Store of(
      Coordinator coordinator, Time time, BlobStore blobs, BucketLeases leases, Acls acls) {
    return of(coordinator, time, blobs, leases, acls, ServerSideEncryption.none());
  }

  public static Store of(
      Coordinator coordinator,
      Time time,
      BlobStore blobs,
      BucketLeases leases,
      Acls acls,
      ServerSideEncryption encryption) {
    var rows = new Rows(coordinator, time);
    var ids = new RandomIds();
    var releases = new Releases(rows, blobs);
    var access = new Access(acls.grants());
    var buckets = new BucketTable(rows, ids, releases, access, leases);
    var listing = new Listing(buckets, rows);
    return new Store(
        rows,
        buckets,
        new ObjectTable(buckets, rows, releases, ids),
        listing,
        new UploadTable(buckets, rows, releases, ids),
        new LifecycleTable(rows),
        new Quotas(bucket -> Usage.of(listing, bucket), time),
        releases,
        blobs,
        acls,
        access,
        encryption);
  }
}
