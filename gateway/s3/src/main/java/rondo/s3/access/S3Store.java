package rondo.s3.access;

import rondo.s3.acl.AclWriter;
import rondo.s3.encryption.ServerSideEncryption;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.Store;
import rondo.store.blob.BlobStore;
import rondo.store.bucket.BucketTable;
import rondo.store.bucket.LifecycleTable;
import rondo.store.listing.BucketListing;
import rondo.store.listing.BucketQuotas;
import rondo.store.object.ObjectTable;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.upload.UploadTable;

/**
 * The store together with S3's ACLs, authorization and encryption. An operation first asks here for
 * its bucket, authorised, then acts on the store. Thread-safe.
 */
public record S3Store(
    Store all, AclWriter acls, AccessControl access, ServerSideEncryption encryption) {
  public static S3Store of(Store all, AclWriter acls, ServerSideEncryption encryption) {
    return new S3Store(all, acls, new AccessControl(acls.grants()), encryption);
  }

  /**
   * The bucket that a request names, without authorising its caller.
   *
   * @throws StoreException NO_SUCH_BUCKET
   * @throws S3Exception AccessDenied when the request expects another owner
   */
  public Bucket named(S3Request request) {
    return expected(request, buckets().find(request.bucket()));
  }

  /**
   * The bucket that a request names, after its caller has been authorised for the action on the
   * bucket or on the object that the request names.
   *
   * @throws StoreException NO_SUCH_BUCKET
   * @throws S3Exception AccessDenied
   */
  public Bucket bucket(S3Request request, Action action) {
    Bucket bucket = named(request);
    access.require(request, bucket, action);
    return bucket;
  }

  /**
   * The bucket that a request names, authorised like {@link #bucket} and read afresh instead of up
   * to some seconds old. For answers that follow from the bucket's row alone, or from finding
   * nothing in the bucket.
   *
   * @throws StoreException NO_SUCH_BUCKET
   * @throws S3Exception AccessDenied
   */
  public Bucket freshBucket(S3Request request, Action action) {
    Bucket bucket = expected(request, buckets().fresh(request.bucket()));
    access.require(request, bucket, action);
    return bucket;
  }

  private static Bucket expected(S3Request request, Bucket bucket) {
    ExpectedOwner.OF_BUCKET.require(request, bucket);
    return bucket;
  }

  public RowStore rows() {
    return all.rows();
  }

  public BucketTable buckets() {
    return all.buckets();
  }

  public ObjectTable objects() {
    return all.objects();
  }

  public BucketListing listing() {
    return all.listing();
  }

  public UploadTable uploads() {
    return all.uploads();
  }

  public LifecycleTable lifecycles() {
    return all.lifecycles();
  }

  public BucketQuotas quotas() {
    return all.quotas();
  }

  public BlobStore blobs() {
    return all.blobs();
  }
}
