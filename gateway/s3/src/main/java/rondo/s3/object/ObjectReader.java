package rondo.s3.object;

import java.util.LinkedHashMap;
import java.util.Map;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.asof.AsOfHeader;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.retention.RetentionFormat;
import rondo.store.history.HistoryReader;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** Finds an object, authorises its reader and makes the head of the answer. Thread-safe. */
public final class ObjectReader {
  private final S3Store store;
  private final HistoryReader history;

  public ObjectReader(S3Store store) {
    this.store = store;
    this.history = new HistoryReader(store.all());
  }

  /** An object, the selection of its bytes, the answer's head, and the object's decryption. */
  record ObjectRead(
      ObjectRow row, ByteSelection selection, S3Response head, ObjectDecryption opening) {}

  /**
   * Reads all that GetObject and HeadObject share: everything but the bytes.
   *
   * @throws S3Exception NoSuchKey, NotModified, PreconditionFailed, InvalidRange, and the errors of
   *     {@link #version}
   */
  ObjectRead read(S3Request request) {
    Map<String, String> chosen = ObjectHeaders.overrides(request);
    Version version = version(request, Action.GET_OBJECT);
    ObjectRow row = version.row();
    checkConditions(request, row);
    ByteSelection selection = ByteSelection.of(request, row);
    ObjectDecryption opening = opening(request, row);
    S3Response head =
        S3Response.of(selection.partial() ? 206 : 200)
            .headers(ObjectHeaders.of(row, chosen))
            .headers(opening.headers())
            .headers(VersionIds.read(version.bucket(), row))
            .headers(locks(request, version));
    head.header("x-amz-restore", ArchivedObjects.header(row, request.received()));
    head.header("x-amz-expiration", ExpirationHeaders.of(store, request, row));
    if (selection.partial()) {
      head.header("Content-Range", selection.range().header(row.getSize()));
    }
    if (request.query().has("partNumber") && row.getPartsCount() > 0) {
      head.header("x-amz-mp-parts-count", Integer.toString(row.getPartsCount()));
    }
    if ("ENABLED".equalsIgnoreCase(request.header("x-amz-checksum-mode"))) {
      head.headers(checksum(row, selection));
    }
    return new ObjectRead(row, selection, head, opening);
  }

  /** The headers of the version's locks, each only if the caller may read that lock. */
  private Map<String, String> locks(S3Request request, Version version) {
    Map<String, String> headers = RetentionFormat.headers(version.row());
    if (!headers.isEmpty()) {
      headers.keySet().removeIf(name -> !mayKnow(request, version, RetentionFormat.action(name)));
    }
    return headers;
  }

  private boolean mayKnow(S3Request request, Version version, Action action) {
    return store
        .access()
        .allows(AccessAttempt.of(request, version.bucket(), action).on(version.row()));
  }

  /**
   * The decryption of the object's bytes, if the request has their key.
   *
   * @throws S3Exception InvalidRequest, InvalidArgument, AccessDenied
   */
  ObjectDecryption opening(S3Request request, ObjectRow row) {
    return store.encryption().opening(request, row);
  }

  /** A version and its bucket. */
  public record Version(Bucket bucket, ObjectRow row) {}

  /**
   * The version that the request names, if its caller is allowed the action.
   *
   * @throws S3Exception NoSuchBucket, AccessDenied, NoSuchKey, NoSuchVersion, MethodNotAllowed for
   *     a delete marker
   */
  public Version version(S3Request request, Action action) {
    Bucket bucket = store.named(request);
    Long asOf = AsOfHeader.micros(request);
    if (asOf != null) {
      return former(request, bucket, action, asOf);
    }
    VersionId id = VersionIds.of(request, bucket);
    StoredObject stored = store.objects().see(bucket, request.key(), id);
    ObjectRow row = stored == null ? null : stored.row();
    ObjectRow object = row == null || row.getDeleteMarker() ? null : row;
    store.access().require(request, bucket, object, action);
    if (row == null) {
      throw VersionIds.missing(request.key(), id);
    }
    if (object == null) {
      throw VersionIds.marker(bucket, request.key(), row, id);
    }
    return new Version(bucket, row);
  }

  /** The version that was current at a time, if its caller may read versions. */
  private Version former(S3Request request, Bucket bucket, Action action, long asOf) {
    StoredObject then = history.find(bucket, request.key(), asOf);
    ObjectRow row = then == null ? null : then.row();
    VersionId id = row == null ? VersionId.NULL : VersionId.of(row);
    store
        .access()
        .requireRead(AccessAttempt.of(request, bucket, action).at(request.key(), id).on(row));
    if (row == null) {
      throw VersionIds.missing(request.key(), null);
    }
    return new Version(bucket, row);
  }

  /** The version that the request names, if its caller is allowed both actions. */
  Version version(S3Request request, Action action, Action further) {
    Version version = version(request, action);
    store.access().require(request, version.bucket(), version.row(), further);
    return version;
  }

  private static void checkConditions(S3Request request, ObjectRow row) {
    String failing =
        ReadConditions.Read.of(request)
            .failing(row.getEtag(), ObjectHeaders.modified(row), request.received());
    if (failing == null) {
      return;
    }
    if (failing.equals("If-None-Match") || failing.equals("If-Modified-Since")) {
      var headers = new LinkedHashMap<>(ObjectHeaders.validators(row));
      row.getHeadersList().stream()
          .filter(h -> h.getName().equals("Cache-Control") || h.getName().equals("Expires"))
          .forEach(h -> headers.put(h.getName(), h.getValue()));
      throw new S3Exception(
          S3Error.NOT_MODIFIED, S3Error.NOT_MODIFIED.message(), Map.of(), headers);
    }
    throw ReadConditions.failed(failing);
  }

  /** The checksum's headers, if the answer has a whole object or part: ranges have none. */
  private static Map<String, String> checksum(ObjectRow row, ByteSelection selection) {
    if (!row.hasChecksum()) {
      return Map.of();
    }
    PartInfo part = selection.part();
    if (part != null) {
      return part.getChecksum().isEmpty()
          ? Map.of()
          : ObjectHeaders.checksum(
              Checksum.newBuilder(row.getChecksum()).setValue(part.getChecksum()).build());
    }
    boolean whole = selection.range().length() == row.getSize();
    return whole ? ObjectHeaders.checksum(row.getChecksum()) : Map.of();
  }
}
