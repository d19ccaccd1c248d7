package rondo.s3.lock;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectLock;
import rondo.metadata.rows.Retention;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.retention.NewLock;
import rondo.s3.retention.RetentionFormat;
import rondo.s3.xml.Xml;
import rondo.store.row.Bucket;

/** GetObjectLockConfiguration and PutObjectLockConfiguration. Thread-safe. */
public final class BucketLock {
  private static final int MOST_BYTES = 8 * 1024;
  private static final int MOST_DAYS = 36_500;
  private static final String ENABLED = "Enabled";

  private final S3Store store;

  public BucketLock(S3Store store) {
    this.store = store;
  }

  record ObjectLockConfiguration(@Nullable String objectLockEnabled, @Nullable Rule rule) {}

  record Rule(@Nullable DefaultRetention defaultRetention) {}

  record DefaultRetention(@Nullable String mode, @Nullable Integer days, @Nullable Integer years) {}

  /**
   * @throws S3Exception ObjectLockConfigurationNotFoundError
   */
  public S3Response get(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.GET_BUCKET_OBJECT_LOCK_CONFIGURATION);
    if (!bucket.row().hasObjectLock()) {
      throw new S3Exception(S3Error.OBJECT_LOCK_CONFIGURATION_NOT_FOUND_ERROR);
    }
    ObjectLock lock = bucket.row().getObjectLock();
    Rule rule =
        lock.getMode() == Retention.Mode.NONE
            ? null
            : new Rule(
                new DefaultRetention(
                    lock.getMode().name(),
                    lock.getDays() == 0 ? null : lock.getDays(),
                    lock.getYears() == 0 ? null : lock.getYears()));
    return S3Response.document(new ObjectLockConfiguration(ENABLED, rule));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidRetentionPeriod; InvalidBucketState unless the bucket
   *     keeps versions
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.freshBucket(request, Action.PUT_BUCKET_OBJECT_LOCK_CONFIGURATION);
    ObjectLock lock =
        lock(
            Xml.read(
                BodyReader.digestedDocument(request, MOST_BYTES), ObjectLockConfiguration.class));
    store
        .buckets()
        .change(
            bucket,
            row -> {
              if (row.getVersioning() != BucketRow.Versioning.ENABLED) {
                throw new S3Exception(
                    S3Error.INVALID_BUCKET_STATE,
                    "Versioning must be 'Enabled' on the bucket to apply a Object Lock"
                        + " configuration");
              }
              return row.toBuilder().setObjectLock(lock).build();
            });
    return S3Response.ok();
  }

  private static ObjectLock lock(ObjectLockConfiguration document) {
    if (!ENABLED.equals(document.objectLockEnabled())) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return document.rule() == null
        ? ObjectLock.getDefaultInstance()
        : lock(document.rule().defaultRetention());
  }

  private static ObjectLock lock(@Nullable DefaultRetention wanted) {
    Retention.Mode mode = wanted == null ? null : RetentionFormat.mode(wanted.mode());
    if (wanted == null || mode == null || (wanted.days() == null) == (wanted.years() == null)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return ObjectLock.newBuilder()
        .setMode(mode)
        .setDays(wanted.days() == null ? 0 : period(wanted.days(), MOST_DAYS))
        .setYears(wanted.years() == null ? 0 : period(wanted.years(), NewLock.MOST_YEARS))
        .build();
  }

  private static int period(int wanted, int most) {
    if (wanted < 1 || wanted > most) {
      throw new S3Exception(
          S3Error.INVALID_RETENTION_PERIOD,
          wanted < 1
              ? "Default retention period must be a positive integer value."
              : "Default retention period too large.");
    }
    return wanted;
  }
}
