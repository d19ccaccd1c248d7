package rondo.server.admin;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Tasks;
import rondo.s3.admission.OpenConnections;
import rondo.s3.auth.Authenticator;
import rondo.s3.error.S3Exception;
import rondo.s3.framing.RequestDecoder;
import rondo.s3.identity.IdentityException;
import rondo.s3.tls.ServerCertificates;
import rondo.server.config.AdminSettings;
import rondo.store.row.RefusalException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Health and metrics for anyone who reaches the port; everything else, in JSON, for root and users
 * with a role, as {@link AdminAccess} says. Thread-safe.
 *
 * <pre>
 * GET    /health                the answers to all questions about the node's health, as JSON
 * GET    /health/live, /health/ready, /health/quorum, /health/whole, /metrics
 * GET    /status, /ring, /scrub
 * POST   /scrub                 starts a scrub of the disks
 * GET    /missing               the chunks that the node should hold and lacks
 * GET    /losses                the ranges of metadata that damage took
 * POST   /losses                {"accept": "NODE"} accepts their loss
 * GET    /users
 * POST   /users                 {"name": ..., "email": ...}
 * DELETE /users/NAME
 * POST   /users/NAME/keys
 * PUT    /users/NAME/role       {"role": "operator"}, or administrator, or "" for none
 * DELETE /keys/ACCESS-KEY
 * GET    /layout                the staged changes, and how much data they would move
 * POST   /layout/stage          {"orders": ["drain NODE", ...]}
 * POST   /layout/plan           likewise: says what they would do, and does nothing
 * POST   /layout/now            a body as above; applied at once
 * POST   /layout/apply, /layout/revert, /layout/abort
 * GET    /users/NAME/policy, /keys/ACCESS-KEY/policy
 * PUT    /users/NAME/policy, /keys/ACCESS-KEY/policy   a document
 * DELETE /users/NAME/policy, /keys/ACCESS-KEY/policy
 * GET    /explain?account=NAME&action=s3:GetObject&bucket=NAME&key=KEY   whether, and why
 * GET    /lifecycle/BUCKET      the objects that its rules would expire or change now
 * GET    /usage/BUCKET
 * GET    /shards/BUCKET
 * PUT    /quota/BUCKET          {"mostBytes": ..., "mostObjects": ...}
 * PUT    /quorum/BUCKET         {"n": 3, "r": 2, "w": 3}; 0 or none: the cluster's
 * PUT    /copies/BUCKET         {"n": 3}; 0 or none: the cluster's
 * PUT    /available/BUCKET      for good
 * GET    /conflicts/BUCKET
 * PUT    /grants/BUCKET         {"user": "NAME", "level": "read"}, or write, admin, none
 * POST   /stop                  {"whenSafe": true}: stops the process, unless that costs a quorum
 * PUT    /maintenance/NODE      {"seconds": 1800}: it is away on purpose; 0 ends that
 * PUT    /bans/NAME              keeps nodes of that name out; DELETE lets them in again
 * GET    /disks                  the data folders of this node
 * POST   /disks/add             {"folder": "/disk3"}: uses a further one
 * POST   /disks/drain           {"folder": "/disk2", "cancel": false}: moves its chunks to others
 * POST   /disks/replace          {"folder": "/disk2"}: begins an empty one anew
 * POST   /rescue/preview        {"dead": ["two", ...]}: what a rescue would mean
 * POST   /rescue/begin          {"dead": ["two", ...], "isolated": true, "confirm": "CLUSTER"}
 * GET    /limits                 how fast data is copied
 * PUT    /limits                {"copy": "50MiB", "repair": "none"}, or default
 * PUT    /consistency/BUCKET    {"reads": "linearizable"}, or quorum, local_quorum, one
 * </pre>
 */
public final class AdminServer {
  private static final Logger LOG = LoggerFactory.getLogger(AdminServer.class);
  private static final int LARGEST_BODY = 64 * 1024;

  /** Longer than the slowest answer; a removal of a user waits for leases of seconds. */
  private static final int IDLE_SECONDS = 120;

  private static final long SWEEP_MILLIS = 1_000;

  /**
   * An answer.
   *
   * @param body text, or an object that becomes JSON
   * @param sent runs once the answer has been sent, or can't be
   */
  record Answer(int status, Object body, Runnable sent) {
    Answer(int status, Object body) {
      this(status, body, () -> {});
    }
  }

  private final OpenConnections connections;
  private final AdminAccess access;
  private final AdminRoutes routes;
  private final HealthPages health;
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
      AdminRoutes routes,
      Tasks tasks,
      OpenConnections connections) {
    this.vertx = vertx;
    this.connections = connections;
    this.access = new AdminAccess(authenticator);
    this.routes = routes;
    this.health = new HealthPages(routes.node());
    this.tasks = tasks;
    Path chain = settings.certificate();
    Path key = settings.key();
    this.certificates = chain == null || key == null ? null : new ServerCertificates(chain, key);
    this.server = RequestDecoder.server(vertx, options()).requestHandler(this::receive);
  }

  private HttpServerOptions options() {
    var options =
        new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_SECONDS);
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
    if (request.getHeader("transfer-encoding") != null || (length != null && !isShort(length))) {
      send(request, new Answer(413, Map.of("error", "the body is too large")));
      return;
    }
    // Until its body has come, a request has the time of a head, and its place can be taken.
    request
        .body()
        .onSuccess(body -> {
          connections.began(request.connection());
          request.response().endHandler(sent -> connections.ended(request.connection()));
          tasks.start("admin", () -> send(request, answer(AdminRequest.of(request, body))));
        });
  }

  private static boolean isShort(String length) {
    return length.matches("[0-9]{1,6}") && Integer.parseInt(length) <= LARGEST_BODY;
  }

  private Answer answer(AdminRequest request) {
    try {
      Answer page = health.answer(request.path());
      return page == null ? signed(request) : page;
    } catch (IdentityException e) {
      return new Answer(status(e.reason()), error(String.valueOf(e.getMessage())));
    } catch (RefusalException refusal) {
      S3Exception e = S3Exception.of(refusal);
      return new Answer(e.error().status(), error(e.message()));
    } catch (JacksonException e) {
      return new Answer(400, error("the body is not the JSON that is expected"));
    } catch (IllegalArgumentException e) {
      return new Answer(400, error(String.valueOf(e.getMessage())));
    }
  }

  private Answer signed(AdminRequest request) {
    Answer refusal = access.refusal(request, Instant.now());
    return refusal == null ? routes.answer(request) : refusal;
  }

  private void send(HttpServerRequest request, Answer answer) {
    boolean isText = answer.body() instanceof String;
    String text =
        isText
            ? String.valueOf(answer.body())
            : json.writerWithDefaultPrettyPrinter().writeValueAsString(answer.body()) + "\n";
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("content-type", isText ? "text/plain; charset=utf-8" : "application/json")
        .end(text)
        .onComplete(ended -> answer.sent().run());
    LOG.debug("{} {} {}", request.method(), request.path(), answer.status());
  }

  static Map<String, String> error(String message) {
    return Map.of("error", message);
  }

  private static int status(IdentityException.Reason reason) {
    return switch (reason) {
      case NOT_FOUND -> 404;
      case EXISTS -> 409;
      case INVALID -> 400;
      case UNAVAILABLE -> 503;
    };
  }
}
