package rondo.server.bench;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.PercentCoding;

/** Sends signed requests from one event loop. */
final class S3Client {
  private static final long IDLE_MILLIS = 60_000;
  private static final Pattern CODE = Pattern.compile("<Code>([A-Za-z0-9]+)</Code>");

  private final HttpClient http;
  private final BenchPlan plan;
  private final ObjectContent content;
  private final RequestSigner signer;
  private int turn;

  S3Client(Vertx vertx, BenchPlan plan, ObjectContent content, int connections) {
    this.plan = plan;
    this.content = content;
    this.signer =
        new RequestSigner(
            plan.target().credentials().accessKey(),
            plan.target().credentials().secret(),
            plan.target().region());
    var options =
        new HttpClientOptions()
            .setKeepAliveTimeout(0)
            .setMaxChunkSize(256 * 1024)
            .setReceiveBufferSize(1024 * 1024)
            .setTcpNoDelay(true)
            .setTrustAll(true)
            .setVerifyHost(false);
    // All clients may call the same endpoint at once.
    this.http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(connections));
  }

  /**
   * The answer to a successful request.
   *
   * @param text the body, if it was asked for
   */
  record Answer(String etag, long sizeBytes, String text) {}

  /** How the body of an answer is read. */
  sealed interface Reading {
    /** Counts its bytes. */
    record Count() implements Reading {}

    /** Compares it. */
    record Verify(ObjectContent.Body expected) implements Reading {}

    /** Keeps it, for a document. */
    record Keep() implements Reading {}
  }

  /** Sends a request without a body. */
  Future<Answer> send(HttpMethod method, String key, String query, Reading reading) {
    return send(method, key, query, null, null, reading);
  }

  Future<Answer> put(String key, String query, ObjectContent.Body body) {
    return send(HttpMethod.PUT, key, query, body, null, new Reading.Keep());
  }

  Future<Answer> post(String key, String query, String document) {
    Buffer buffer = Buffer.buffer(document);
    return send(HttpMethod.POST, key, query, null, buffer, new Reading.Keep());
  }

  private Future<Answer> send(
      HttpMethod method,
      String key,
      String query,
      ObjectContent.@Nullable Body body,
      @Nullable Buffer document,
      Reading reading) {
    RequestOptions options = options(method, key, query, body);
    long length = body != null ? body.sizeBytes() : document != null ? document.length() : 0;
    if (method.equals(HttpMethod.PUT) || method.equals(HttpMethod.POST)) {
      options.putHeader(HttpHeaderNames.CONTENT_LENGTH, Long.toString(length));
    }
    return http.request(options)
        .compose(sending -> {
          Promise<Answer> answer = Promise.promise();
          sending
              .response()
              .onSuccess(response -> read(response, reading, answer))
              .onFailure(answer::tryFail);
          write(sending, body, document);
          return answer.future();
        });
  }

  /** The signed head of a request to the next endpoint. */
  private RequestOptions options(
      HttpMethod method, String key, String query, ObjectContent.@Nullable Body body) {
    URI endpoint =
        plan.target().endpoints().get(Math.floorMod(turn++, plan.target().endpoints().size()));
    boolean tls = "https".equals(endpoint.getScheme());
    int port = endpoint.getPort() > 0 ? endpoint.getPort() : tls ? 443 : 80;
    String path = "/" + plan.target().bucket();
    if (!key.isEmpty()) {
      path += "/" + PercentCoding.encode(key.getBytes(StandardCharsets.UTF_8), true);
    }
    var host = Map.entry("host", endpoint.getHost() + ":" + port);
    var request = new SignedRequest(method.name(), path, query, List.of(host));
    String payload =
        body != null && plan.requests().signPayload()
            ? content.sha256(body)
            : RequestSigner.UNSIGNED_PAYLOAD;
    var options =
        new RequestOptions()
            .setMethod(method)
            .setHost(endpoint.getHost())
            .setPort(port)
            .setSsl(tls)
            .setURI(query.isEmpty() ? path : path + "?" + query)
            .setIdleTimeout(IDLE_MILLIS);
    for (Map.Entry<String, String> header : signer.sign(request, payload, Instant.now())) {
      options.putHeader(header.getKey(), header.getValue());
    }
    return options;
  }

  private void write(
      HttpClientRequest sending, ObjectContent.@Nullable Body body, @Nullable Buffer document) {
    if (document != null) {
      sending.end(document);
    } else if (body == null || body.sizeBytes() == 0) {
      sending.end();
    } else {
      write(sending, body, 0);
    }
  }

  private void write(HttpClientRequest sending, ObjectContent.Body body, long from) {
    long offset = from;
    while (offset < body.sizeBytes()) {
      if (sending.writeQueueFull()) {
        long next = offset;
        sending.drainHandler(drained -> write(sending, body, next));
        return;
      }
      Buffer slice = content.at(body, offset);
      offset += slice.length();
      if (offset == body.sizeBytes()) {
        sending.end(slice);
      } else {
        sending.write(slice);
      }
    }
  }

  private void read(HttpClientResponse response, Reading reading, Promise<Answer> answer) {
    int status = response.statusCode();
    boolean good = status < 300;
    long[] size = new long[1];
    var text = new StringBuilder();
    response.handler(piece -> {
      if (!good || reading instanceof Reading.Keep) {
        if (text.length() < 64 * 1024) {
          text.append(piece);
        }
      } else if (reading instanceof Reading.Verify(ObjectContent.Body expected)
          && !content.matches(expected, size[0], piece)) {
        answer.tryFail(new FailedRequestException("the object is not what was written"));
      }
      size[0] += piece.length();
    });
    response.exceptionHandler(answer::tryFail);
    response.endHandler(end -> {
      if (!good) {
        answer.tryFail(new FailedRequestException(status + " " + code(text.toString())));
      } else if (reading instanceof Reading.Verify(ObjectContent.Body expected)
          && size[0] != expected.sizeBytes()) {
        answer.tryFail(new FailedRequestException("the object has another size than was written"));
      } else {
        String etag = Objects.requireNonNullElse(response.getHeader("etag"), "");
        answer.tryComplete(new Answer(etag, size[0], text.toString()));
      }
    });
  }

  private static String code(String document) {
    var code = CODE.matcher(document);
    return code.find() ? code.group(1) : "";
  }
}
