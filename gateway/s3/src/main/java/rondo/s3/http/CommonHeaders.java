package rondo.s3.http;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.regex.Pattern;
import rondo.s3.request.HttpDates;

/** The headers that every answer has. */
final class CommonHeaders {
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0A-\\x1F\\x7F]");

  private CommonHeaders() {}

  static void common(HttpServerResponse response, GatewaySettings settings, String id) {
    response
        .putHeader("x-amz-request-id", id)
        .putHeader("x-amz-id-2", host(settings.node()))
        .putHeader("Date", HttpDates.format(Instant.now()))
        .putHeader("Server", "Rondo");
  }

  /**
   * A value without what would begin another header, or keep this one from being written: much of
   * what answers say was once said by a client.
   */
  static String line(String value) {
    return CONTROL.matcher(value).replaceAll(" ");
  }

  /** The node, in the form that S3 gives its hosts. */
  static String host(String node) {
    return Base64.getEncoder().encodeToString(node.getBytes(StandardCharsets.UTF_8));
  }
}
