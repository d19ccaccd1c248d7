package rondo.server.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.SignedRequest;

/**
 * A request to the admin API.
 *
 * @param sha256 of the body's bytes, in hex
 * @param address the sender's numeric IP address
 */
record AdminRequest(
    String method, String path, SignedRequest signed, String body, String sha256, String address) {
  static AdminRequest of(HttpServerRequest request, Buffer body) {
    List<Map.Entry<String, String>> headers = request.headers().entries();
    return new AdminRequest(
        request.method().name(),
        request.path(),
        new SignedRequest(
            request.method().name(),
            request.path(),
            Objects.requireNonNullElse(request.query(), ""),
            headers),
        body.toString(),
        Hashes.sha256Hex(body.getBytes()),
        Objects.requireNonNullElse(request.remoteAddress().hostAddress(), ""));
  }
}
