package rondo.s3.logging;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Logging;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** PutBucketLogging and GetBucketLogging. Thread-safe. */
public final class BucketLogging {
  private static final int MOST_BYTES = 64 * 1024;

  private final S3Store store;
  private final boolean compat;

  public BucketLogging(S3Store store, boolean compat) {
    this.store = store;
    this.compat = compat;
  }

  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_LOGGING);
    Logging logging = bucket.row().hasLogging() ? bucket.row().getLogging() : null;
    return S3Response.document(LoggingDocument.document(logging, compat));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidTargetBucketForLogging, NotImplemented
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_LOGGING);
    byte[] document = BodyReader.digestedDocument(request, MOST_BYTES);
    Logging logging =
        LoggingDocument.settings(
            Xml.read(document, LoggingDocument.BucketLoggingStatus.class), compat);
    checkTarget(bucket, logging);
    store
        .buckets()
        .change(
            bucket,
            row ->
                logging == null
                    ? row.toBuilder().clearLogging().build()
                    : row.toBuilder().setLogging(logging).build());
    return S3Response.ok();
  }

  private void checkTarget(Bucket bucket, @Nullable Logging logging) {
    if (logging == null) {
      return;
    }
    Bucket target = target(logging.getTargetBucket());
    if (!target.owner().equals(bucket.owner())) {
      throw refused(
          target.name(),
          "The owner for the bucket to be logged and the target bucket must be the same.");
    }
    if (target.row().getRequesterPays()) {
      throw refused(target.name(), "The target bucket must not be a Requester Pays bucket.");
    }
  }

  private Bucket target(String name) {
    try {
      return store.buckets().fresh(name);
    } catch (StoreException absent) {
      throw absent.reason() == StoreException.Reason.NO_SUCH_BUCKET
          ? refused(name, S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING.message())
          : absent;
    }
  }

  private static S3Exception refused(String target, String message) {
    return new S3Exception(
        S3Error.INVALID_TARGET_BUCKET_FOR_LOGGING, message, Map.of("TargetBucket", target));
  }
}
