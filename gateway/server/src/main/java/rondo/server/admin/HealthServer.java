package rondo.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Objects;
import rondo.ring.port.Tasks;
import rondo.s3.framing.RequestDecoder;
import rondo.server.api.ApiAnswer;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers GET for health and metrics, over plain HTTP, and nothing else: for probes and Prometheus
 * on networks where the admin API isn't served. Thread-safe.
 */
public final class HealthServer {
  /** Probes come every few seconds, each for one page. */
  private static final int IDLE_SECONDS = 30;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final HealthPages pages;
  private final Tasks tasks;
  private final HttpServer server;

  public HealthServer(Vertx vertx, NodeView node, Tasks tasks) {
    this.pages = new HealthPages(node);
    this.tasks = tasks;
    var options =
        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS);
    this.server = RequestDecoder.server(vertx, options).requestHandler(this::receive);
  }

  /** Starts to listen; returns the port. */
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void receive(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET)) {
      send(request, new ApiAnswer(405, "only GET\n"));
      return;
    }
    tasks.start(
        "health",
        () ->
            send(
                request,
                Objects.requireNonNullElse(
                    pages.answer(request.path()),
                    new ApiAnswer(404, "here are " + HealthPages.PATHS + " and /metrics\n"))));
  }

  private static void send(HttpServerRequest request, ApiAnswer answer) {
    boolean text = answer.body() instanceof String;
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("content-type", text ? "text/plain; charset=utf-8" : "application/json")
        .end(text ? answer.body().toString() : JSON.writeValueAsString(answer.body()) + "\n");
  }
}
