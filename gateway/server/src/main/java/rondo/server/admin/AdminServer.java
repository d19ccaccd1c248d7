package rondo.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Tasks;
import rondo.s3.admission.OpenConnections;
import rondo.s3.auth.Authenticator;
import rondo.s3.framing.RequestDecoder;
import rondo.s3.tls.ServerCertificates;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiError;
import rondo.server.api.ApiLines;
import rondo.server.api.ResponseLines;
import rondo.server.api.RouteTable;
import rondo.server.config.AdminSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the admin API: what {@link RouteTable} has, in JSON. Errors have one form, also those of
 * requests that no route sees. Thread-safe.
 */
public final class AdminServer {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);

  /** A thousand orders about nodes. */
  private static final int LARGEST_BODY = 256 * 1024;

  /** A question about a key of 1,024 bytes, percent-encoded. */
  private static final int LONGEST_LINE = 16 * 1024;

  /** Longer than the slowest answer; a removal of a user waits for leases of seconds. */
  private static final int IDLE_SECONDS = 120;

  private static final long SWEEP_MILLIS = 1_000;

  private final OpenConnections connections;
  private final AdminDispatcher dispatcher;
  private final Tasks tasks;
  private final JsonMapper json = JsonMapper.builder().build();
  private final Vertx vertx;
  private final HttpServer server;
  private final @Nullable ServerCertificates certificates;

  /**
   * @param authenticator for the service {@code rondo}
   */
  public AdminServer(
      Vertx vertx,
      AdminSettings settings,
      Authenticator authenticator,
      RouteTable routes,
      Tasks tasks,
      OpenConnections connections) {
    this.vertx = vertx;
    this.connections = connections;
    this.dispatcher = new AdminDispatcher(new AdminAccess(authenticator), routes);
    this.tasks = tasks;
    Path chain = settings.certificate();
    Path key = settings.key();
    this.certificates = chain == null || key == null ? null : new ServerCertificates(chain, key);
    this.server =
        RequestDecoder.server(vertx, options())
            .requestHandler(this::receive)
            .invalidRequestHandler(this::refuse);
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_LINE);
    if (certificates != null) {
      options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificates.options());
    }
    return options;
  }

  /** Starts to listen; returns the port. */
  public Future<Integer> listen(String host, int port) {
    vertx.setPeriodic(SWEEP_MILLIS, tick -> connections.sweep());
    return server
        .listen(port, host)
        .onSuccess(listening -> {
          if (certificates != null) {
            certificates.renew(vertx, listening);
          }
        })
        .map(HttpServer::actualPort);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void receive(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    if (request.getHeader("transfer-encoding") != null) {
      send(request, ApiAnswer.refused(411, "the body's length has to come before it"));
      return;
    }
    if (length != null && !isShort(length)) {
      send(
          request,
          ApiAnswer.refused(413, "the body has more than %d bytes".formatted(LARGEST_BODY)));
      return;
    }
    // Until its body has come, a request has the time of a head, and its place can be taken.
    request
        .body()
        .onSuccess(body -> {
          connections.began(request.connection());
          request.response().endHandler(sent -> connections.ended(request.connection()));
          tasks.start(
              "admin", () -> send(request, dispatcher.answer(AdminRequest.of(request, body))));
        });
  }

  /** Refuses what isn't HTTP, or has too large a head, and closes the connection. */
  private void refuse(HttpServerRequest request) {
    RequestDecoder.of(request.connection()).end();
    request.response().putHeader("Connection", "close");
    request.response().endHandler(sent -> request.connection().close());
    send(request, ApiAnswer.refused(400, "this is no HTTP request, or its head is too large"));
  }

  private static boolean isShort(String length) {
    return length.matches("[0-9]{1,6}") && Integer.parseInt(length) <= LARGEST_BODY;
  }

  private void send(HttpServerRequest request, ApiAnswer answer) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    // Answers may have secrets, and are no pages.
    response.putHeader("Cache-Control", "no-store").putHeader("X-Content-Type-Options", "nosniff");
    answer.headers().forEach(response::putHeader);
    if (answer.body() instanceof ApiLines.Source lines) {
      response.putHeader("content-type", "application/x-ndjson");
      ResponseLines.send(response, lines);
    } else {
      boolean isText = answer.body() instanceof String;
      boolean old = !request.path().startsWith(RouteTable.VERSION);
      response
          .putHeader("content-type", isText ? "text/plain; charset=utf-8" : "application/json")
          .end(isText ? answer.body().toString() : text(answer.body(), old))
          .onComplete(ended -> answer.sent().run());
    }
    LOG.debug("{} {} {}", request.method(), request.path(), answer.status());
  }

  private String text(Object body, boolean old) {
    Object view = body instanceof ApiError error ? error.view(old) : body;
    return json.writerWithDefaultPrettyPrinter().writeValueAsString(view) + "\n";
  }
}
