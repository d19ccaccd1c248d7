package rondo.gateway.s3.multipart;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.acl.Acls;
import rondo.gateway.s3.encryption.Sealing;
import rondo.gateway.s3.lifecycle.Expiry;
import rondo.gateway.s3.object.NewObject;
import rondo.gateway.store.Bucket;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.UploadRow;

/** CreateMultipartUpload: what the object is to be, before its bytes. */
public final class CreateMultipartUpload {
  private final S3Store store;

  public CreateMultipartUpload(S3Store store) {
    this.store = store;
  }

  record InitiateMultipartUploadResult(String bucket, String key, String uploadId) {}

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    ChecksumPlan plan = ChecksumPlan.of(request);
    ObjectRow.Builder template = NewObject.of(request, store, bucket);
    Sealing sealing = store.encryption().sealing(request, bucket);
    sealing.mark(template, null);
    UploadRow row =
        UploadRow.newBuilder()
            .setInitiatedMicros(store.rows().wallMicros())
            .setInitiator(Acls.accountId(request.caller()))
            .setTemplate(template)
            .setChecksumAlgorithm(plan.algorithm() == null ? "" : plan.algorithm().name())
            .setChecksumType(plan.algorithm() == null ? "" : plan.type())
            .build();
    String id = store.uploads().create(bucket, request.key(), row);
    return S3Response.document(new InitiateMultipartUploadResult(bucket.name(), request.key(), id))
        .headers(Expiry.ofUpload(bucket, request.key(), row.getInitiatedMicros()))
        .headers(sealing.headers())
        .header("x-amz-checksum-algorithm", row.getChecksumAlgorithm())
        .header("x-amz-checksum-type", row.getChecksumType());
  }
}
