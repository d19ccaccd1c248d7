package rondo.gateway.s3.object;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.PercentCoding;
import rondo.gateway.s3.Address;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.Attempt;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Place;
import rondo.gateway.store.Stored;
import rondo.gateway.store.VersionId;
import rondo.metadata.rows.ObjectRow;

/**
 * What a copy copies.
 *
 * @param version null for the current one
 */
public record CopySource(String bucket, String key, @Nullable VersionId version) {
  private static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?versionId=";

  /** The source as it was read. */
  public record SourceVersion(Place place, Stored stored) {
    public ObjectRow row() {
      return stored.row();
    }

    /** What the answer says of the source's version. */
    public Map<String, String> headers() {
      String id = VersionIds.read(place.bucket(), row()).get("x-amz-version-id");
      return id == null ? Map.of() : Map.of("x-amz-copy-source-version-id", id);
    }
  }

  /**
   * Reads the header: {@code bucket/key}, percent-encoded, perhaps with a slash in front.
   *
   * @throws S3Exception InvalidArgument, KeyTooLongError
   */
  public static CopySource of(S3Request request) {
    String header = request.header(HEADER);
    return of(header == null ? "" : header);
  }

  static CopySource of(String header) {
    int mark = header.lastIndexOf(VERSION);
    String raw = mark < 0 ? header : header.substring(0, mark);
    String path = new String(PercentCoding.decode(raw, false), StandardCharsets.UTF_8);
    String name = path.startsWith("/") ? path.substring(1) : path;
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw S3Exception.argument(
          HEADER,
          header,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    VersionId version =
        mark < 0 ? null : VersionId.parse(header.substring(mark + VERSION.length()));
    var source = new CopySource(name.substring(0, slash), name.substring(slash + 1), version);
    Address.checkKey(source.key());
    return source;
  }

  /** Whether this is the current version of that object. */
  boolean isCurrent(String ofBucket, String ofKey) {
    return version == null && bucket.equals(ofBucket) && key.equals(ofKey);
  }

  /**
   * The source, under the conditions of the request.
   *
   * @throws S3Exception NoSuchBucket, AccessDenied, NoSuchKey, NoSuchVersion, InvalidRequest for a
   *     delete marker, PreconditionFailed
   */
  public SourceVersion read(S3Store store, S3Request request) {
    Bucket from = store.buckets().find(bucket);
    Stored stored = store.objects().find(from, key, version);
    boolean marker = stored != null && stored.row().getDeleteMarker();
    ObjectRow row = stored == null || marker ? null : stored.row();
    store
        .access()
        .requireRead(Attempt.of(request, from, Action.GET_OBJECT).at(key, version).on(row));
    if (marker && version != null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The source of a copy request may not specifically refer to a delete marker by version"
              + " id.");
    }
    if (stored == null || marker) {
      throw VersionIds.missing(key, version);
    }
    checkConditions(request, stored.row());
    if (!Archive.isReadable(stored.row(), request.received())) {
      throw new S3Exception(S3Error.OBJECT_NOT_IN_ACTIVE_TIER_ERROR);
    }
    return new SourceVersion(new Place(from, key), stored);
  }

  private static void checkConditions(S3Request request, ObjectRow row) {
    String failing =
        Conditions.Read.ofCopySource(request).failing(row.getEtag(), ObjectHeaders.modified(row));
    if (failing != null) {
      throw Conditions.failed("x-amz-copy-source-" + failing);
    }
  }
}
