package rondo.s3.http;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.HttpDates;

/** The headers that every answer has. */
final class CommonHeaders {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

  private CommonHeaders() {}

  static void put(HttpServerResponse response, GatewaySettings settings, String id) {
    response
        .putHeader("x-amz-request-id", id)
        .putHeader("x-amz-id-2", host(settings.node()))
        .putHeader("Date", HttpDates.format(Instant.now()))
        .putHeader("Server", "Rondo");
  }

  /** The time after which a client that was told to slow down should try again. */
  static Map<String, String> retryAfter(S3Exception refusal) {
    return refusal.error() == S3Error.SLOW_DOWN ? Map.of("Retry-After", "1") : Map.of();
  }

  /**
   * Keeps browsers from taking a document of this server for a page. Objects are left as S3 sends
   * them: scripts without a type work there, and would be blocked.
   */
  static void forbidSniffing(HttpServerResponse response) {
    response.putHeader("X-Content-Type-Options", "nosniff");
  }

  /**
   * The value with each control character replaced by a space. A control character could begin
   * another header or keep this one from being written, and answers often repeat a client's own
   * words.
   */
  static String withoutControls(String value) {
    return CONTROL.matcher(value).replaceAll(" ");
  }

  /** The node's name in Base64, as S3 encodes its hosts. */
  static String host(String node) {
    return Base64.getEncoder().encodeToString(node.getBytes(StandardCharsets.UTF_8));
  }
}
