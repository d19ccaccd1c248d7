package rondo.server.console;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.admission.OpenConnections;
import rondo.s3.auth.AccessKeyLookup;
import rondo.s3.framing.RequestDecoder;
import rondo.s3.http.S3Gateway;
import rondo.s3.proxy.TrustedProxies;
import rondo.s3.tls.ServerCertificates;
import rondo.server.config.ConsoleSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * Serves the console of one node: its pages' files, answers to their questions, and S3 for their
 * sessions, under the limits of S3's own clients. Thread-safe.
 */
public final class ConsoleServer {
  private static final int LARGEST_BODY = 64 * 1024;

  /** The parameter repeats a key of 1,024 bytes, percent-encoded twice. */
  private static final int LONGEST_REQUEST_LINE = 32 * 1024;

  /** Questions at once; each may wait for other nodes. */
  private static final int MOST_QUESTIONS = 64;

  private static final int IDLE_SECONDS = 120;
  private static final Set<String> METHODS = Set.of("GET", "HEAD", "PUT", "POST", "DELETE");
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Vertx vertx;
  private final ConsoleSettings settings;
  private final ConsoleParts around;
  private final ConsoleFiles files = new ConsoleFiles();
  private final Semaphore questions = new Semaphore(MOST_QUESTIONS);
  private final HttpServer server;
  private final @Nullable ServerCertificates certificates;

  /** What a request goes to; made once the port is known, which names the cookie. */
  private volatile @Nullable Doors doors;

  private record Doors(ConsoleApi api, Handler<HttpServerRequest> s3) {}

  /**
   * What the console is served with.
   *
   * @param connections those of {@code vertx}
   * @param gateway S3, which answers for objects
   */
  public record ConsoleParts(
      Vertx vertx,
      OpenConnections connections,
      TrustedProxies proxies,
      S3Gateway gateway,
      AccessKeyLookup keys,
      Tasks tasks,
      Time time) {}

  /**
   * @throws IllegalStateException in one line, when the certificate can't be read
   */
  public ConsoleServer(ConsoleSettings settings, ConsoleParts around) {
    this.vertx = around.vertx();
    this.settings = settings;
    this.around = around;
    Path chain = settings.certificate();
    Path key = settings.key();
    this.certificates = chain == null || key == null ? null : new ServerCertificates(chain, key);
    this.server =
        RequestDecoder.server(vertx, options())
            .requestHandler(this::receive)
            .invalidRequestHandler(this::refuseMalformed);
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setTcpNoDelay(true)
            .setMaxInitialLineLength(LONGEST_REQUEST_LINE)
            .setIdleTimeout(IDLE_SECONDS);
    if (certificates != null) {
      options.setSsl(true).setUseAlpn(false).setKeyCertOptions(certificates.options());
    }
    return options;
  }

  /** Starts to listen; returns the port. */
  public Future<Integer> listen(ConsoleNode node) {
    return server
        .listen(settings.listen().port(), settings.listen().host())
        .onSuccess(listening -> {
          doors = doors(listening.actualPort(), node);
          if (certificates != null) {
            certificates.renew(vertx, listening);
          }
        })
        .map(HttpServer::actualPort);
  }

  private Doors doors(int port, ConsoleNode node) {
    boolean secure = certificates != null;
    var sessions = new ConsoleSessions(around.keys(), around.time());
    var cookie = new SessionCookie(port, secure);
    var origin = new PageOrigin(secure);
    var throttle = new SignInThrottle(around.time());
    return new Doors(
        new ConsoleApi(sessions, throttle, cookie, origin, node),
        around.gateway().handler(new SessionFront(sessions, cookie, origin)));
  }

  public Future<Void> close() {
    return server.close();
  }

  private void receive(HttpServerRequest request) {
    Doors open = doors;
    if (RequestDecoder.of(request.connection()).hasEnded()) {
      return;
    }
    if (open == null || !METHODS.contains(request.method().name())) {
      send(request, ConsoleApi.Answer.error(405, "only " + METHODS));
    } else if (SessionFront.PATH.equals(request.path())) {
      open.s3().handle(request);
    } else if (Objects.requireNonNullElse(request.path(), "").startsWith("/api/")) {
      ask(request, open.api());
    } else {
      file(request);
    }
  }

  private void refuseMalformed(HttpServerRequest request) {
    RequestDecoder.of(request.connection()).end();
    request.response().putHeader("Connection", "close");
    send(request, ConsoleApi.Answer.error(400, "the request can't be read"));
  }

  private void file(HttpServerRequest request) {
    ConsoleFiles.Page page = files.find(Objects.requireNonNullElse(request.path(), ""));
    boolean reads = Set.of("GET", "HEAD").contains(request.method().name());
    if (page == null || !reads) {
      send(request, ConsoleApi.Answer.error(reads ? 404 : 405, "there is no such page"));
      return;
    }
    var response = request.response();
    ConsoleHeaders.ofPage(response);
    response
        .putHeader("Content-Type", page.type())
        .putHeader("ETag", page.etag())
        .putHeader("Cache-Control", "no-cache");
    if (page.etag().equals(request.getHeader("If-None-Match"))) {
      response.setStatusCode(304).end();
    } else if (request.method().name().equals("HEAD")) {
      response.putHeader("Content-Length", Integer.toString(page.content().length())).end();
    } else {
      response.end(page.content());
    }
  }

  private void ask(HttpServerRequest request, ConsoleApi api) {
    String length = request.getHeader("content-length");
    if (request.getHeader("transfer-encoding") != null || (length != null && !isShort(length))) {
      RequestDecoder.of(request.connection()).end();
      request.response().putHeader("Connection", "close");
      send(request, ConsoleApi.Answer.error(413, "the body is too large"));
      return;
    }
    // Until its body has come, a request has the time of a head, and its place can be taken.
    request
        .body()
        .onSuccess(body -> {
          if (!questions.tryAcquire()) {
            send(request, ConsoleApi.Answer.error(503, "too many questions at once: try again"));
            return;
          }
          around.connections().began(request.connection());
          around.tasks().start("console", () -> answer(request, body, api));
        });
  }

  private void answer(HttpServerRequest request, Buffer body, ConsoleApi api) {
    try {
      SSLSession tls = request.sslSession();
      String address =
          around
              .proxies()
              .client(
                  Objects.requireNonNullElse(request.remoteAddress().hostAddress(), ""),
                  tls == null ? null : tls.getProtocol(),
                  name -> request.headers().getAll(name))
              .network();
      send(request, api.answer(ConsoleQuestion.of(request, body, address)));
    } finally {
      questions.release();
      around.connections().ended(request.connection());
    }
  }

  private static boolean isShort(String length) {
    return length.matches("[0-9]{1,6}") && Integer.parseInt(length) <= LARGEST_BODY;
  }

  private static void send(HttpServerRequest request, ConsoleApi.Answer answer) {
    var response = request.response();
    ConsoleHeaders.ofPage(response);
    boolean text = answer.body() instanceof String;
    if (answer.cookie() != null) {
      response.putHeader("Set-Cookie", answer.cookie());
    }
    if (answer.waitSeconds() > 0) {
      response.putHeader("Retry-After", Long.toString(answer.waitSeconds()));
    }
    response
        .setStatusCode(answer.status())
        .putHeader("Cache-Control", "no-store")
        .putHeader("Content-Type", text ? "text/plain; charset=utf-8" : "application/json")
        .end(text ? answer.body().toString() : JSON.writeValueAsString(answer.body()))
        .onComplete(ended -> answer.sent().run());
  }
}
