package rondo.s3.object;

import java.math.BigInteger;
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
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]*)-([0-9]*)");

  /** No object has as many bytes: a larger number says nothing else. */
  private static final BigInteger MOST = BigInteger.valueOf(Long.MAX_VALUE);

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
      return last.isEmpty() ? null : suffix(bounded(new BigInteger(last)), size, header);
    }
    var from = new BigInteger(first);
    if (!last.isEmpty() && new BigInteger(last).compareTo(from) < 0) {
      return null;
    }
    long offset = bounded(from);
    if (offset >= size) {
      throw unsatisfiable(header, size);
    }
    long to = last.isEmpty() ? Long.MAX_VALUE : bounded(new BigInteger(last));
    return new ByteRange(offset, Math.min(to, size - 1) - offset + 1);
  }

  private static long bounded(BigInteger number) {
    return number.min(MOST).longValue();
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
