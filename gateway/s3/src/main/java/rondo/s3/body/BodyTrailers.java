package rondo.s3.body;

import java.util.Collections;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** The trailers: the lines after the last chunk. */
final class BodyTrailers {
  static final String SIGNATURE = "x-amz-trailer-signature";

  private final SortedMap<String, String> values = new TreeMap<>();
  private @Nullable String signature;

  void add(String line) {
    int colon = line.indexOf(':');
    if (colon <= 0) {
      throw new S3Exception(S3Error.MALFORMED_TRAILER_ERROR);
    }
    String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
    String value = line.substring(colon + 1).strip();
    if (name.equals(SIGNATURE)) {
      signature = value;
    } else if (values.put(name, value) != null) {
      throw new S3Exception(S3Error.MALFORMED_TRAILER_ERROR);
    }
  }

  static boolean isSignature(String line) {
    return line.regionMatches(true, 0, SIGNATURE + ":", 0, SIGNATURE.length() + 1);
  }

  @Nullable String signature() {
    return signature;
  }

  SortedMap<String, String> values() {
    return Collections.unmodifiableSortedMap(values);
  }

  /** The text that the trailers' signature covers. */
  String canonical() {
    var canonical = new StringBuilder();
    values.forEach((name, value) -> canonical.append(name).append(':').append(value).append('\n'));
    return canonical.toString();
  }
}
