package rondo.server.bench;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Authenticator;
import rondo.s3.auth.Identity;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SignedRequest;

/** A small part of S3, in memory: it checks signatures, keeps objects and joins parts. */
final class MemoryS3 implements AutoCloseable {
  final Map<String, Buffer> objects = new ConcurrentHashMap<>();
  private final Map<String, Buffer> parts = new ConcurrentHashMap<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final Authenticator authenticator =
      new Authenticator(
          new AuthSettings("us-east-1", false), key -> new Identity("i", "n", "", key, "secret"));
  volatile boolean corrupt;

  MemoryS3() {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private void answer(HttpServerRequest request, Buffer body) {
    String query = Objects.requireNonNullElse(request.query(), "");
    List<Map.Entry<String, String>> headers = request.headers().entries();
    var signed = new SignedRequest(request.method().name(), request.path(), query, headers);
    if (!(authenticator.verify(signed, Instant.now()) instanceof SenderVerdict.Verified)) {
      end(request, 403, Buffer.buffer("<Error><Code>SignatureDoesNotMatch</Code></Error>"));
      return;
    }
    String path = request.path();
    switch (request.method().name() + (query.isEmpty() ? "" : " " + query.replaceAll("=.*", ""))) {
      case "PUT" -> {
        objects.put(path, body);
        end(request, 200, Buffer.buffer());
      }
      case "GET" -> {
        Buffer found = objects.get(path);
        Buffer sent = corrupt && found != null ? found.copy().setByte(3, (byte) 1) : found;
        end(request, sent == null ? 404 : 200, sent == null ? noSuchKey() : sent);
      }
      case "GET list-type" -> end(request, 200, Buffer.buffer("<ListBucketResult/>"));
      case "DELETE" -> {
        objects.remove(path);
        end(request, 204, Buffer.buffer());
      }
      case "POST uploads" -> {
        parts.put(path, Buffer.buffer());
        end(request, 200, Buffer.buffer("<R><UploadId>a/b</UploadId></R>"));
      }
      case "PUT partNumber" -> {
        parts.computeIfPresent(path, (key, before) -> before.appendBuffer(body));
        end(request, 200, Buffer.buffer());
      }
      case "POST uploadId" -> {
        objects.put(path, Objects.requireNonNull(parts.remove(path)));
        end(request, 200, Buffer.buffer());
      }
      default -> end(request, 200, Buffer.buffer());
    }
  }

  private static Buffer noSuchKey() {
    return Buffer.buffer("<Error><Code>NoSuchKey</Code></Error>");
  }

  private static void end(HttpServerRequest request, int status, Buffer body) {
    request.response().setStatusCode(status).putHeader("etag", "\"e\"").end(body);
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
