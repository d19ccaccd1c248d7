package rondo.s3.request;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.StoreException;

/** Reads version ids from requests, and makes headers and refusals with them. Pure. */
public final class VersionIds {
  private static final String HEADER = "x-amz-version-id";

  private VersionIds() {}

  /**
   * The version that a request names; null for the current one.
   *
   * @throws S3Exception InvalidArgument
   */
  public static @Nullable VersionId of(S3Request request) {
    String id = request.query().value("versionId");
    return id == null ? null : VersionId.parse(id);
  }

  /**
   * The version that an item of a list names; null for none. There, an id that is none is one that
   * no version has.
   *
   * @throws S3Exception NoSuchVersion
   */
  public static @Nullable VersionId ofItem(@Nullable String id) {
    try {
      return id == null ? null : VersionId.parse(id);
    } catch (StoreException malformed) {
      throw new S3Exception(S3Error.NO_SUCH_VERSION);
    }
  }

  /**
   * The version that a request names in that bucket; null for the current one. In a bucket whose
   * versions are history, as in one without any, {@code null} is the id of the current one and no
   * other version has an id.
   *
   * @throws S3Exception InvalidArgument, NoSuchVersion
   */
  public static @Nullable VersionId of(S3Request request, Bucket bucket) {
    return shown(bucket, request.key(), of(request));
  }

  /**
   * The version of that id, as clients may name it; null for the current one.
   *
   * @throws S3Exception NoSuchVersion
   */
  public static @Nullable VersionId shown(Bucket bucket, String key, @Nullable VersionId id) {
    if (id == null || !bucket.keepsHistory()) {
      return id;
    }
    if (!id.equals(VersionId.NULL)) {
      throw missing(key, id);
    }
    return null;
  }

  /** The refusal for an absent version: NoSuchVersion, or NoSuchKey if the request names none. */
  public static S3Exception missing(String key, @Nullable VersionId id) {
    if (id == null) {
      return new S3Exception(
          S3Error.NO_SUCH_KEY, S3Error.NO_SUCH_KEY.message(), Map.of("Key", key));
    }
    var details = new LinkedHashMap<String, String>();
    details.put("Key", key);
    details.put("VersionId", id.toString());
    return new S3Exception(S3Error.NO_SUCH_VERSION, S3Error.NO_SUCH_VERSION.message(), details);
  }

  /** The version header of a read; none for a bucket that never kept versions. */
  public static Map<String, String> read(Bucket bucket, ObjectRow row) {
    return bucket.showsVersions() ? Map.of(HEADER, VersionId.of(row).toString()) : Map.of();
  }

  /** The version header of a write; none for a null version. */
  public static Map<String, String> written(Bucket bucket, ObjectRow row) {
    return VersionId.of(row).equals(VersionId.NULL) ? Map.of() : read(bucket, row);
  }

  /** The refusal of a read that finds a delete marker. */
  public static S3Exception marker(
      Bucket bucket, String key, ObjectRow marker, @Nullable VersionId id) {
    if (bucket.keepsHistory()) {
      return missing(key, id);
    }
    var headers = new LinkedHashMap<>(read(bucket, marker));
    headers.put("x-amz-delete-marker", "true");
    if (id == null) {
      return new S3Exception(
          S3Error.NO_SUCH_KEY, S3Error.NO_SUCH_KEY.message(), Map.of("Key", key), headers);
    }
    return marker(headers, marker);
  }

  /** The answer to what can't be done to a delete marker, named or not. */
  public static S3Exception marker(Bucket bucket, ObjectRow marker) {
    var headers = new LinkedHashMap<>(read(bucket, marker));
    headers.put("x-amz-delete-marker", "true");
    return marker(headers, marker);
  }

  private static S3Exception marker(Map<String, String> headers, ObjectRow marker) {
    headers.put("Last-Modified", HttpDates.ofMicros(marker.getModifiedMicros()));
    headers.put("Allow", "DELETE");
    return new S3Exception(
        S3Error.METHOD_NOT_ALLOWED,
        S3Error.METHOD_NOT_ALLOWED.message(),
        Map.of("ResourceType", "DeleteMarker"),
        headers);
  }
}
