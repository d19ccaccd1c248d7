package rondo.s3.bucket;

import org.jspecify.annotations.Nullable;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/**
 * PutBucketRequestPayment and GetBucketRequestPayment. The service charges no requester, but
 * refuses requests where S3 refuses them ({@link rondo.s3.access.AccessControl}). Thread-safe.
 */
public final class RequestPayment {
  private static final String REQUESTER = "Requester";
  private static final String OWNER = "BucketOwner";
  private static final int MOST_BYTES = 16 * 1024;

  private final S3Store store;

  public RequestPayment(S3Store store) {
    this.store = store;
  }

  record RequestPaymentConfiguration(@Nullable String payer) {}

  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_REQUEST_PAYMENT);
    String payer = bucket.row().getRequesterPays() ? REQUESTER : OWNER;
    return S3Response.document(new RequestPaymentConfiguration(payer));
  }

  /**
   * @throws S3Exception MalformedXML
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_REQUEST_PAYMENT);
    byte[] document = BodyReader.digestedDocument(request, MOST_BYTES);
    String payer = Xml.read(document, RequestPaymentConfiguration.class).payer();
    if (!REQUESTER.equals(payer) && !OWNER.equals(payer)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    boolean requester = REQUESTER.equals(payer);
    store.buckets().change(bucket, row -> row.toBuilder().setRequesterPays(requester).build());
    return S3Response.ok();
  }
}
