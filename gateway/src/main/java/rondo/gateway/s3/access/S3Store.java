package rondo.gateway.s3.access;

import rondo.gateway.blob.BlobStore;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.acl.Acls;
import rondo.gateway.s3.encryption.ServerSideEncryption;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.BucketTable;
import rondo.gateway.store.LifecycleTable;
import rondo.gateway.store.Listing;
import rondo.gateway.store.ObjectTable;
import rondo.gateway.store.Quotas;
import rondo.gateway.store.Rows;
import rondo.gateway.store.Store;
import rondo.gateway.store.StoreException;
import rondo.gateway.store.UploadTable;

/**
 * The store with what S3 judges and changes on the way to it: an operation first asks here for its
 * bucket, authorised, then acts on the store. Thread-safe.
 */
public record S3Store(Store all, Acls acls, Access access, ServerSideEncryption encryption) {
  public static S3Store of(Store all, Acls acls, ServerSideEncryption encryption) {
    return new S3Store(all, acls, new Access(acls.grants()), encryption);
  }

  /**
   * The bucket that a request names. Its caller is yet to be authorised.
   *
   * @throws StoreException NO_SUCH_BUCKET
   * @throws S3Exception AccessDenied when the request expects another owner
   */
  public Bucket named(S3Request request) {
    return expected(request, buckets().find(request.bucket()));
  }

  /**
   * The bucket that a request names, whose caller must be allowed the action there: on the bucket,
   * or on the object that the request names.
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
   * The bucket that a request names, authorised and read afresh: for what is concluded from its row
   * alone, or from nothing being found in it.
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
    String owner = request.header("x-amz-expected-bucket-owner");
    if (owner != null && !owner.equals(bucket.owner())) {
      throw new S3Exception(S3Error.ACCESS_DENIED);
    }
    return bucket;
  }

  public Rows rows() {
    return all.rows();
  }

  public BucketTable buckets() {
    return all.buckets();
  }

  public ObjectTable objects() {
    return all.objects();
  }

  public Listing listing() {
    return all.listing();
  }

  public UploadTable uploads() {
    return all.uploads();
  }

  public LifecycleTable lifecycles() {
    return all.lifecycles();
  }

  public Quotas quotas() {
    return all.quotas();
  }

  public BlobStore blobs() {
    return all.blobs();
  }
}
