package rondo.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import rondo.s3.auth.SignedRequest;

/**
 * A question of the console's pages.
 *
 * @param sent its head
 * @param address of the client without an account
 */
record ConsoleQuestion(SignedRequest sent, String body, String address) {
  static ConsoleQuestion of(HttpServerRequest request, Buffer body, String address) {
    return new ConsoleQuestion(
        new SignedRequest(
            request.method().name(),
            request.path(),
            Objects.requireNonNullElse(request.query(), ""),
            request.headers().entries()),
        body.toString(),
        address);
  }

  String method() {
    return sent.method();
  }

  String path() {
    return sent.rawPath();
  }

  String header(String name) {
    return Objects.requireNonNullElse(sent.header(name), "");
  }
}
