package rondo.gateway.http;

import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import rondo.gateway.s3.HttpDates;

/** The headers that every answer has. */
final class Heads {
  private Heads() {}

  static void common(HttpServerResponse response, GatewaySettings settings, String id) {
    response
        .putHeader("x-amz-request-id", id)
        .putHeader("x-amz-id-2", host(settings.node()))
        .putHeader("Date", HttpDates.format(Instant.now()))
        .putHeader("Server", "Rondo");
  }

  /** The node, in the form that S3 gives its hosts. */
  static String host(String node) {
    return Base64.getEncoder().encodeToString(node.getBytes(StandardCharsets.UTF_8));
  }
}
