package rondo.s3.object;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;

/** The headers that describe an object in an answer. Pure. */
public final class ObjectHeaders {
  /** Query parameters, each with the header that it replaces. */
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

  /** All headers of the object, with the request's replacements. */
  static Map<String, String> of(ObjectRow row, S3Request request) {
    var headers = new LinkedHashMap<>(validators(row));
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Type", "binary/octet-stream");
    for (Header header : row.getHeadersList()) {
      headers.put(header.getName(), header.getValue());
    }
    for (Header header : row.getUserMetadataList()) {
      headers.put(NewObject.METADATA + header.getName(), header.getValue());
    }
    if (!row.getStorageClass().isEmpty()) {
      headers.put("x-amz-storage-class", row.getStorageClass());
    }
    if (row.getTagsCount() > 0) {
      headers.put("x-amz-tagging-count", Integer.toString(row.getTagsCount()));
    }
    OVERRIDES.forEach((parameter, header) -> {
      String value = request.query().value(parameter);
      if (value != null) {
        headers.put(header, latin1(value));
      }
    });
    return headers;
  }

  /** Header text has one character per byte. */
  private static String latin1(String text) {
    byte[] bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
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
