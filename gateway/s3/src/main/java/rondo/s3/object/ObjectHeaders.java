package rondo.s3.object;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.EncodedWords;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;

/** The headers that describe an object in an answer. Pure. */
public final class ObjectHeaders {
  private static final String OVERRIDE = "response-";

  /** A header, and the parameter of a request that replaces it. */
  private static final Map<String, String> OVERRIDES =
      Map.of(
          "response-content-type", "Content-Type",
          "response-content-language", "Content-Language",
          "response-expires", "Expires",
          "response-cache-control", "Cache-Control",
          "response-content-disposition", "Content-Disposition",
          "response-content-encoding", "Content-Encoding");

  private ObjectHeaders() {}

  public static Instant modified(ObjectRow row) {
    return Instant.EPOCH.plusNanos(TimeUnit.MICROSECONDS.toNanos(row.getModifiedMicros()));
  }

  static String lastModified(ObjectRow row) {
    return HttpDates.ofMicros(row.getModifiedMicros());
  }

  /** ETag and Last-Modified, which caches and conditions compare; a 304 has them too. */
  static Map<String, String> validators(ObjectRow row) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ETag", "\"" + row.getEtag() + "\"");
    headers.put("Last-Modified", lastModified(row));
    return headers;
  }

  /** All of them, with the chosen ones in their place. */
  static Map<String, String> of(ObjectRow row, Map<String, String> chosen) {
    var headers = new LinkedHashMap<>(validators(row));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Type", "binary/octet-stream");
    for (Header header : row.getHeadersList()) {
      headers.put(header.getName(), header.getValue());
    }
    for (Header header : row.getUserMetadataList()) {
      headers.put(NewObject.METADATA + header.getName(), EncodedWords.encoded(header.getValue()));
    }
    if (!row.getStorageClass().isEmpty()) {
      headers.put("x-amz-storage-class", row.getStorageClass());
    }
    if (row.getTagsCount() > 0) {
      headers.put("x-amz-tagging-count", Integer.toString(row.getTagsCount()));
    }
    headers.putAll(chosen);
    return headers;
  }

  /**
   * The headers that the request chooses itself.
   *
   * @throws S3Exception InvalidRequest where nobody has signed that choice: else a link could make
   *     anything of an object that all may read; InvalidArgument for another header, or for a value
   *     that no header has
   */
  static Map<String, String> overrides(S3Request request) {
    var headers = new LinkedHashMap<String, String>();
    for (String parameter : request.query().names()) {
      if (parameter.startsWith(OVERRIDE)) {
        String value = Objects.requireNonNull(request.query().value(parameter));
        String header = OVERRIDES.get(parameter);
        if (header == null) {
          throw S3Exception.argument(
              parameter, value, parameter + " is not in the set of overridable response headers. ");
        }
        if (request.caller() == null) {
          throw new S3Exception(
              S3Error.INVALID_REQUEST,
              "Request specific response headers cannot be used for anonymous GET requests.");
        }
        if (!value.chars().allMatch(ObjectHeaders::isHeaderText)) {
          throw S3Exception.argument(
              parameter, value, "Header value cannot be represented using ISO-8859-1.");
        }
        headers.put(header, value);
      }
    }
    return headers;
  }

  private static boolean isHeaderText(int c) {
    return (c >= 0x20 && c <= 0xFF && c != 0x7F) || c == '\t';
  }

  /** The headers of a checksum: its value and its type. */
  public static Map<String, String> checksum(Checksum checksum) {
    var headers = new LinkedHashMap<String, String>();
    headers.put(
        "x-amz-checksum-" + checksum.getAlgorithm().toLowerCase(Locale.ROOT), checksum.getValue());
    headers.put("x-amz-checksum-type", checksum.getComposite() ? "COMPOSITE" : "FULL_OBJECT");
    return headers;
  }
}
