package rondo.s3.multipart;

import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.AclWriter;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.object.NewObject;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.row.Bucket;

/** CreateMultipartUpload: fixes the object's headers and owner before its bytes. Thread-safe. */
public final class CreateMultipartUpload {
  private final S3Store store;
  private final int most;

  /**
   * @param most how many open uploads a bucket may have; 0 for any number
   */
  public CreateMultipartUpload(S3Store store, int most) {
    this.store = store;
    this.most = most;
  }

  record InitiateMultipartUploadResult(String bucket, String key, String uploadId) {}

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    ChecksumPlan plan = ChecksumPlan.of(request);
    if (most > 0 && !store.uploads().hasRoom(bucket, most)) {
      throw new S3Exception(
          S3Error.QUOTA_EXCEEDED,
          "The bucket has " + most + " open uploads, the most that it may have: end some.");
    }
    ObjectRow.Builder template = NewObject.of(request, store, bucket);
    ObjectEncryption sealing = store.encryption().sealing(request, bucket);
    sealing.mark(template, null);
    UploadRow row =
        UploadRow.newBuilder()
            .setInitiatedMicros(store.rows().wallMicros())
            .setInitiator(AclWriter.accountId(request.caller()))
            .setTemplate(template)
            .setChecksumAlgorithm(plan.algorithm() == null ? "" : plan.algorithm().name())
            .setChecksumType(plan.algorithm() == null ? "" : plan.type())
            .build();
    String id = store.uploads().create(bucket, request.key(), row);
    return S3Response.document(new InitiateMultipartUploadResult(bucket.name(), request.key(), id))
        .headers(ExpirationHeaders.ofUpload(bucket, request.key(), row.getInitiatedMicros()))
        .headers(sealing.headers())
        .header("x-amz-checksum-algorithm", row.getChecksumAlgorithm())
        .header("x-amz-checksum-type", row.getChecksumType());
  }
}
