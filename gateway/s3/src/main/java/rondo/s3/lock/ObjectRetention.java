package rondo.s3.lock;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ObjectReader;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.retention.GovernanceBypass;
import rondo.s3.retention.NewLock;
import rondo.s3.retention.RetentionFormat;
import rondo.s3.xml.Xml;
import rondo.store.object.ObjectLocks;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** GetObjectRetention and PutObjectRetention. Thread-safe. */
public final class ObjectRetention {
  private static final int MOST_BYTES = 8 * 1024;

  private final S3Store store;
  private final ObjectReader reader;
  private final boolean compat;

  /**
   * @param compat whether a retention may end later
   */
  public ObjectRetention(S3Store store, ObjectReader reader, boolean compat) {
    this.store = store;
    this.reader = reader;
    this.compat = compat;
  }

  record Retention(@Nullable String mode, @Nullable String retainUntilDate) {}

  /**
   * @throws S3Exception NoSuchObjectLockConfiguration, InvalidRequest, and the errors of {@link
   *     ObjectReader#version}
   */
  public S3Response get(S3Request request) {
    ObjectReader.Version version = reader.version(request, Action.GET_OBJECT_RETENTION);
    RetentionFormat.requireLock(version.bucket());
    var retention = version.row().getRetention();
    if (retention.getMode() == rondo.metadata.rows.Retention.Mode.NONE) {
      throw new S3Exception(S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION);
    }
    return S3Response.document(
            new Retention(
                retention.getMode().name(), RetentionFormat.text(retention.getUntilMicros())))
        .headers(VersionIds.read(version.bucket(), version.row()));
  }

  /**
   * @throws S3Exception AccessDenied when the new retention is weaker than the present one;
   *     MalformedXML, InvalidArgument, InvalidRequest, NoSuchKey, NoSuchVersion, MethodNotAllowed
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.named(request);
    VersionId id = VersionIds.of(request);
    long now = store.rows().wallMicros();
    var wanted =
        wanted(Xml.read(BodyReader.digestedDocument(request, MOST_BYTES), Retention.class), now);
    AccessAttempt attempt =
        AccessAttempt.of(request, bucket, Action.PUT_OBJECT_RETENTION)
            .with("s3:object-lock-mode", wanted.getMode().name())
            .with("s3:object-lock-retain-until-date", RetentionFormat.text(wanted.getUntilMicros()))
            .with(
                "s3:object-lock-remaining-retention-days",
                Long.toString(TimeUnit.MICROSECONDS.toDays(wanted.getUntilMicros() - now)));
    store.access().require(attempt);
    RetentionFormat.requireLock(bucket);
    boolean bypass = GovernanceBypass.of(request, store, bucket, request.key(), id);
    var changed =
        store
            .objects()
            .relock(
                bucket,
                request.key(),
                id,
                row -> {
                  StoreException refusal = ObjectLocks.ofChange(row, wanted, now, bypass);
                  if (refusal != null) {
                    throw refusal;
                  }
                  return row.toBuilder().setRetention(wanted).build();
                });
    if (changed == null) {
      throw VersionIds.missing(request.key(), id);
    }
    return S3Response.ok().headers(VersionIds.read(bucket, changed.row()));
  }

  /**
   * The retention of a document. An empty document, which removes it, gives the default instance.
   */
  private rondo.metadata.rows.Retention wanted(Retention document, long nowMicros) {
    String until = document.retainUntilDate();
    if (document.mode() == null && until == null) {
      return rondo.metadata.rows.Retention.getDefaultInstance();
    }
    var mode = RetentionFormat.mode(document.mode());
    Long micros = until == null ? null : RetentionFormat.micros(until);
    if (mode == null || until == null || micros == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    NewLock.requireTimely(
        micros, "RetainUntilDate", RetentionFormat.pacific(micros), nowMicros, compat);
    return rondo.metadata.rows.Retention.newBuilder().setMode(mode).setUntilMicros(micros).build();
  }
}
