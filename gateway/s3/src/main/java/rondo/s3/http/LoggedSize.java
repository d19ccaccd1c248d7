package rondo.s3.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.request.S3Request;

/** The size of a request's object, as the access log tells it. Pure. */
final class LoggedSize {
  private LoggedSize() {}

  /**
   * The size in bytes; -1 when the heads of request and answer don't tell it.
   *
   * @param headers of the answer, names in lower case
   */
  static long of(S3Request request, Map<String, String> headers) {
    if (request.address().key() == null || !headers.containsKey("etag")) {
      return -1;
    }
    return switch (request.method()) {
      case "PUT" -> number(sent(request));
      case "GET", "HEAD" -> number(stored(headers));
      default -> -1;
    };
  }

  private static @Nullable String sent(S3Request request) {
    String decoded = request.header("x-amz-decoded-content-length");
    return decoded == null ? request.header("content-length") : decoded;
  }

  private static @Nullable String stored(Map<String, String> headers) {
    String range = headers.get("content-range");
    return range == null
        ? headers.get("content-length")
        : range.substring(range.lastIndexOf('/') + 1);
  }

  private static long number(@Nullable String text) {
    return text != null && text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }
}
