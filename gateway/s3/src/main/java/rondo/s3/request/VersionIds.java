package rondo.s3.request;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/** Version ids in requests and answers. Pure. */
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

  /** NoSuchVersion, or NoSuchKey where no version was named. */
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

  /** What an answer about a version says of it: nothing where the bucket never keeps any. */
  public static Map<String, String> read(Bucket bucket, ObjectRow row) {
    return bucket.keepsVersions() ? Map.of(HEADER, VersionId.of(row).toString()) : Map.of();
  }

  /** What the answer to a write says of the version that it made. */
  public static Map<String, String> written(ObjectRow row) {
    VersionId id = VersionId.of(row);
    return id.equals(VersionId.NULL) ? Map.of() : Map.of(HEADER, id.toString());
  }

  /** The answer to a read that finds a delete marker. */
  public static S3Exception marker(
      Bucket bucket, String key, ObjectRow marker, @Nullable VersionId id) {
    var headers = new LinkedHashMap<>(read(bucket, marker));
    headers.put("x-amz-delete-marker", "true");
    if (id == null) {
      return new S3Exception(
          S3Error.NO_SUCH_KEY, S3Error.NO_SUCH_KEY.message(), Map.of("Key", key), headers);
    }
    headers.put("Last-Modified", HttpDates.ofMicros(marker.getModifiedMicros()));
    headers.put("Allow", "DELETE");
    return new S3Exception(
        S3Error.METHOD_NOT_ALLOWED,
        S3Error.METHOD_NOT_ALLOWED.message(),
        Map.of("ResourceType", "DeleteMarker"),
        headers);
  }
}
