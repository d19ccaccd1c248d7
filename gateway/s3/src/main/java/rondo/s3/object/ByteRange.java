package rondo.s3.object;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * A range of an object's bytes (RFC 9110, section 14).
 *
 * @param offset of the first byte
 * @param length at least 1, except for a whole empty object
 */
public record ByteRange(long offset, long length) {
  /** Eighteen digits fit a long, and no object is larger. */
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  /**
   * The range of a Range header; null when the header is absent, malformed or names several ranges,
   * and so doesn't count.
   *
   * @throws S3Exception InvalidRange when the object has none of these bytes
   */
  public static @Nullable ByteRange of(@Nullable String header, long size) {
    if (header == null) {
      return null;
    }
    Matcher range = RANGE.matcher(header.strip());
    if (!range.matches()) {
      return null;
    }
    String first = range.group(1);
    String last = range.group(2);
    if (first.isEmpty()) {
      return last.isEmpty() ? null : suffix(Long.parseLong(last), size, header);
    }
    long from = Long.parseLong(first);
    long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
    if (to < from) {
      return null;
    }
    if (from >= size) {
      throw unsatisfiable(header, size);
    }
    return new ByteRange(from, Math.min(to, size - 1) - from + 1);
  }

  /** The last bytes of an empty object are all of it. */
  private static @Nullable ByteRange suffix(long wanted, long size, String header) {
    if (wanted == 0) {
      throw unsatisfiable(header, size);
    }
    if (size == 0) {
      return null;
    }
    long length = Math.min(wanted, size);
    return new ByteRange(size - length, length);
  }

  private static S3Exception unsatisfiable(String header, long size) {
    var details = new LinkedHashMap<String, String>();
    details.put("RangeRequested", header);
    details.put("ActualObjectSize", Long.toString(size));
    return new S3Exception(
        S3Error.INVALID_RANGE,
        S3Error.INVALID_RANGE.message(),
        details,
        Map.of("Content-Range", "bytes */" + size));
  }

  /** The value of Content-Range. */
  String header(long size) {
    return length == 0
        ? "bytes */" + size
        : "bytes " + offset + "-" + (offset + length - 1) + "/" + size;
  }
}
