package rondo.server.admin;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import rondo.s3.auth.SignedRequest;

/** A request to the admin API. */
record AdminRequest(String method, String path, SignedRequest signed, String body) {
  static AdminRequest of(HttpServerRequest request, String body) {
    List<Map.Entry<String, String>> headers = request.headers().entries();
    return new AdminRequest(
        request.method().name(),
        request.path(),
        new SignedRequest(
            request.method().name(),
            request.path(),
            Objects.requireNonNullElse(request.query(), ""),
            headers),
        body);
  }
}
