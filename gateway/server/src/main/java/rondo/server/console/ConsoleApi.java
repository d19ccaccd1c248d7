package rondo.server.console;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.error.S3Exception;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiError;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers the pages' questions. Each but the sign-in and the public status needs a session and its
 * proof. Thread-safe; answers may wait for the cluster.
 *
 * <pre>
 * POST   /api/session           {"accessKey": ..., "secretKey": ...} signs in
 * GET    /api/session           who is signed in, and the session's proof; {} for nobody
 * DELETE /api/session           signs out
 * POST   /api/share             {"bucket": ..., "key": ..., "seconds": ...} signs a link
 * GET    /api/status            whether all is well, where anyone may know; {} elsewhere
 * any    /api/admin/...         the admin API, with the session's role
 * </pre>
 */
final class ConsoleApi {
  private static final String ADMIN = "/api/admin";

  /** Has a page's own refresh not count as use by a person. */
  private static final String UNATTENDED = "x-rondo-unattended";

  private final ConsoleSessions sessions;
  private final SignInThrottle throttle;
  private final SessionCookie cookie;
  private final PageOrigin origin;
  private final ConsoleNode node;

  /**
   * An answer.
   *
   * @param cookie to set; null for none
   * @param waitSeconds before the next attempt; 0 for none
   */
  record Answer(int status, Object body, @Nullable String cookie, long waitSeconds, Runnable sent) {
    Answer(int status, Object body) {
      this(status, body, null, 0, () -> {});
    }

    static Answer error(int status, String message) {
      return new Answer(status, Map.of("error", message));
    }
  }

  ConsoleApi(
      ConsoleSessions sessions,
      SignInThrottle throttle,
      SessionCookie cookie,
      PageOrigin origin,
      ConsoleNode node) {
    this.sessions = sessions;
    this.throttle = throttle;
    this.cookie = cookie;
    this.origin = origin;
    this.node = node;
  }

  Answer answer(ConsoleQuestion question) {
    String foreign = origin.foreign(question.sent());
    if (foreign != null) {
      return Answer.error(403, "refused: " + foreign);
    }
    try {
      return switch (question.method() + " " + question.path()) {
        case "GET /api/status" -> status();
        case "POST /api/session" -> signIn(question);
        case "GET /api/session" -> shown(question);
        default -> ofSession(question);
      };
    } catch (S3Exception e) {
      return Answer.error(e.error().status(), e.message());
    } catch (JacksonException e) {
      return Answer.error(400, "the body is not the JSON that is expected");
    } catch (IllegalArgumentException e) {
      return Answer.error(400, String.valueOf(e.getMessage()));
    }
  }

  private Answer status() {
    Supplier<Map<String, Object>> status = node.status();
    return new Answer(200, status == null ? Map.of() : status.get());
  }

  private Answer signIn(ConsoleQuestion question) {
    if (!question.header("content-type").startsWith("application/json")) {
      return Answer.error(415, "send JSON");
    }
    long seconds = throttle.waitSeconds(question.address());
    if (seconds > 0) {
      String why = "too many failed attempts: try again in %d seconds".formatted(seconds);
      return new Answer(429, Map.of("error", why), null, seconds, () -> {});
    }
    JsonNode body = JsonMapper.shared().readTree(question.body());
    String accessKey = body.path("accessKey").asString("");
    ConsoleSessions.Begun begun = sessions.begin(accessKey, body.path("secretKey").asString(""));
    if (begun == null) {
      throttle.failed(question.address());
      return Answer.error(401, "this access key and secret don't belong together");
    }
    sessions.end(cookie.read(question.sent()));
    Identity identity = sessions.identity(begun.session());
    return identity == null
        ? over()
        : new Answer(200, view(begun.session(), identity), cookie.set(begun.name()), 0, () -> {});
  }

  private Map<String, Object> view(ConsoleSession session, Identity identity) {
    var view = new LinkedHashMap<String, Object>();
    view.put("name", identity.displayName());
    view.put("accountId", identity.accountId());
    view.put("accessKey", identity.accessKey());
    view.put("role", identity.role().word());
    view.put("proof", session.proof());
    view.put("secondsLeft", sessions.secondsLeft(session));
    view.put("node", node.name());
    view.put("region", node.region());
    view.put("publicStatus", node.status() != null);
    return view;
  }

  /** A page that was loaded again asks here for the proof, which other origins can't read. */
  private Answer shown(ConsoleQuestion question) {
    ConsoleSession session = sessions.find(cookie.read(question.sent()));
    Identity identity = session == null ? null : sessions.identity(session);
    return session == null || identity == null
        ? new Answer(200, Map.of())
        : new Answer(200, view(session, identity));
  }

  private Answer ofSession(ConsoleQuestion question) {
    ConsoleSession session = sessions.find(cookie.read(question.sent()));
    if (session == null) {
      return over();
    }
    String why = origin.forged(question.sent(), session, false);
    if (why != null) {
      return Answer.error(403, "refused: " + why);
    }
    Identity identity = sessions.identity(session);
    if (identity == null) {
      return over();
    }
    if (question.header(UNATTENDED).isEmpty()) {
      sessions.used(session);
    }
    return answer(question, identity);
  }

  private Answer answer(ConsoleQuestion question, Identity identity) {
    if (question.path().startsWith(ADMIN + "/")) {
      ApiAnswer answer =
          node.admin()
              .call(
                  identity,
                  question.method(),
                  question.path().substring(ADMIN.length()),
                  question.sent().rawQuery(),
                  question.body());
      Object shown = answer.body() instanceof ApiError error ? error.view(true) : answer.body();
      return new Answer(answer.status(), shown, null, 0, answer.sent());
    }
    return switch (question.method() + " " + question.path()) {
      case "DELETE /api/session" -> {
        sessions.end(cookie.read(question.sent()));
        yield new Answer(200, Map.of("ended", true), cookie.clear(), 0, () -> {});
      }
      case "POST /api/share" -> {
        JsonNode body = JsonMapper.shared().readTree(question.body());
        String host = question.header("host");
        yield new Answer(200, node.links().sign(identity, host, body, Instant.now()));
      }
      default -> Answer.error(404, "there is no " + question.method() + " " + question.path());
    };
  }

  private Answer over() {
    return new Answer(
        401, Map.of("error", "the session is over: sign in again"), cookie.clear(), 0, () -> {});
  }
}
