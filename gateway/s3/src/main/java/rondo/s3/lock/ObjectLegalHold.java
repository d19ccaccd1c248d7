package rondo.s3.lock;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
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
import rondo.s3.retention.RetentionFormat;
import rondo.s3.xml.Xml;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** GetObjectLegalHold and PutObjectLegalHold. Thread-safe. */
public final class ObjectLegalHold {
  private static final int MOST_BYTES = 8 * 1024;

  private final S3Store store;
  private final ObjectReader reader;

  public ObjectLegalHold(S3Store store, ObjectReader reader) {
    this.store = store;
    this.reader = reader;
  }

  record LegalHold(@Nullable String status) {}

  /**
   * @throws S3Exception NoSuchObjectLockConfiguration, InvalidRequest, and the errors of {@link
   *     ObjectReader#version}
   */
  public S3Response get(S3Request request) {
    ObjectReader.Version version = reader.version(request, Action.GET_OBJECT_LEGAL_HOLD);
    RetentionFormat.requireLock(version.bucket());
    ObjectRow.LegalHold hold = version.row().getLegalHold();
    if (hold == ObjectRow.LegalHold.UNSET) {
      throw new S3Exception(S3Error.NO_SUCH_OBJECT_LOCK_CONFIGURATION);
    }
    return S3Response.document(new LegalHold(hold.name()))
        .headers(VersionIds.read(version.bucket(), version.row()));
  }

  /**
   * @throws S3Exception MalformedXML, InvalidRequest, NoSuchKey, NoSuchVersion, MethodNotAllowed
   */
  public S3Response put(S3Request request) {
    Bucket bucket = store.named(request);
    VersionId id = VersionIds.of(request);
    ObjectRow.LegalHold hold =
        hold(Xml.read(BodyReader.digestedDocument(request, MOST_BYTES), LegalHold.class).status());
    store
        .access()
        .require(
            AccessAttempt.of(request, bucket, Action.PUT_OBJECT_LEGAL_HOLD)
                .with("s3:object-lock-legal-hold", hold.name()));
    RetentionFormat.requireLock(bucket);
    var changed =
        store
            .objects()
            .relock(bucket, request.key(), id, row -> row.toBuilder().setLegalHold(hold).build());
    if (changed == null) {
      throw VersionIds.missing(request.key(), id);
    }
    return S3Response.ok().headers(VersionIds.read(bucket, changed.row()));
  }

  private static ObjectRow.LegalHold hold(@Nullable String status) {
    return switch (status) {
      case "ON" -> ObjectRow.LegalHold.ON;
      case "OFF" -> ObjectRow.LegalHold.OFF;
      case null, default -> throw new S3Exception(S3Error.MALFORMED_XML);
    };
  }
}
