package rondo.s3.object;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.xml.Xml;
import rondo.s3.xml.XmlElement;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** RestoreObject: makes an archived object readable for some days. Thread-safe. */
public final class RestoreObject {
  private static final int MOST_BYTES = 64 * 1024;

  /** A hundred years; more is certainly a mistake. */
  private static final int MOST_DAYS = 36_500;

  private static final Set<String> TIERS = Set.of("Standard", "Bulk", "Expedited");
  private static final Set<String> OF_SELECT = Set.of("Type", "SelectParameters", "OutputLocation");

  private final S3Store store;

  public RestoreObject(S3Store store) {
    this.store = store;
  }

  /**
   * The days and the tier of a request's document.
   *
   * @param days from now on
   * @param tier null for none
   */
  private record RestoreOrder(int days, @Nullable String tier) {}

  /**
   * @throws S3Exception MalformedXML, InvalidArgument, InvalidObjectState, NoSuchKey,
   *     NoSuchVersion, MethodNotAllowed for a delete marker, NotImplemented for queries
   */
  public S3Response answer(S3Request request) {
    Bucket bucket = store.named(request);
    RestoreOrder wanted = wanted(Xml.tree(BodyReader.document(request, MOST_BYTES)));
    VersionId id = VersionIds.of(request, bucket);
    Instant now = request.received();
    StoredObject before;
    try {
      before =
          store
              .objects()
              .change(
                  bucket, request.key(), id, row -> restored(request, bucket, row, wanted, now));
    } catch (StoreException marker) {
      // What is there is told to those alone who may list it.
      store.access().require(request, bucket, null, Action.RESTORE_OBJECT);
      throw marker;
    }
    if (before == null) {
      store.access().require(request, bucket, null, Action.RESTORE_OBJECT);
      throw VersionIds.missing(request.key(), id);
    }
    return S3Response.of(ArchivedObjects.isRestored(before.row(), now) ? 200 : 202)
        .headers(VersionIds.read(bucket, before.row()));
  }

  private ObjectRow restored(
      S3Request request, Bucket bucket, ObjectRow row, RestoreOrder wanted, Instant now) {
    store.access().require(AccessAttempt.of(request, bucket, Action.RESTORE_OBJECT).on(row));
    if (!ArchivedObjects.holds(row)) {
      throw new S3Exception(
          S3Error.INVALID_OBJECT_STATE,
          "Restore is not allowed for the object's current storage class");
    }
    if (row.getStorageClass().equals("DEEP_ARCHIVE") && "Expedited".equals(wanted.tier())) {
      throw S3Exception.argument(
          "Tier", "Expedited", "Retrieval option is not supported by this storage class");
    }
    long until = ArchivedObjects.micros(ArchivedObjects.expiry(now, wanted.days()));
    return row.toBuilder().setRestoredUntilMicros(until).build();
  }

  private static RestoreOrder wanted(XmlElement document) {
    for (XmlElement element : document.children()) {
      if (OF_SELECT.contains(element.name())) {
        throw S3Exception.notImplemented("Restoring by a query");
      }
    }
    document.checkChildren(Set.of("Days", "GlacierJobParameters", "Tier", "Description"));
    String tier = document.text("Tier");
    XmlElement parameters = document.one("GlacierJobParameters");
    if (parameters != null) {
      parameters.checkChildren(Set.of("Tier"));
      tier = parameters.text("Tier");
    }
    if ((parameters != null && tier == null) || (tier != null && !TIERS.contains(tier))) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return new RestoreOrder(days(document.text("Days")), tier);
  }

  private static int days(@Nullable String text) {
    if (text == null || !text.strip().matches("-?[0-9]{1,9}")) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    int days = Integer.parseInt(text.strip());
    if (days < 1) {
      throw S3Exception.argument("Days", text, "restoration days should be at least 1");
    }
    if (days > MOST_DAYS) {
      throw S3Exception.argument("Days", text, "restoration days should be at most " + MOST_DAYS);
    }
    return days;
  }
}
