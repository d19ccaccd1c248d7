package rondo.server.admin;

import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.placement.NotServingException;
import rondo.s3.auth.Identity;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.error.S3Exception;
import rondo.s3.identity.IdentityException;
import rondo.s3.request.QueryParameters;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiError;
import rondo.server.api.ApiRoute;
import rondo.server.api.CallCheck;
import rondo.server.api.RouteMatch;
import rondo.server.api.RouteTable;
import rondo.server.audit.OrderAudit;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.row.RefusalException;
import tools.jackson.core.JacksonException;

/**
 * Answers requests: finds the route, decides whether the sender may use it, holds the request
 * against the route's description, and has it answered. Thread-safe.
 */
final class AdminDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(AdminDispatcher.class);

  /** Decides whether a caller may do what needs a role. */
  @FunctionalInterface
  private interface Gate {
    /**
     * The refusal; null when he may.
     *
     * @param old whether he came by a path of the time before there were versions
     */
    @Nullable ApiAnswer refusal(AdminRole least, boolean old);
  }

  private final AdminAccess access;
  private final RouteTable routes;
  private final OrderAudit audit;

  AdminDispatcher(AdminAccess access, RouteTable routes, OrderAudit audit) {
    this.audit = audit;
    this.access = access;
    this.routes = routes;
  }

  /** Answers a request by its signature; orders have entries in the audit log. */
  ApiAnswer audited(AdminRequest request) {
    return audited(request, () -> access.caller(request, Instant.now()), () -> answer(request));
  }

  /** Answers a caller who is known by other means than a signature; orders have entries too. */
  ApiAnswer audited(Identity caller, AdminRequest request) {
    return audited(request, () -> caller, () -> answer(caller, request));
  }

  private ApiAnswer audited(
      AdminRequest request, Supplier<@Nullable Identity> caller, Supplier<ApiAnswer> answering) {
    if (request.method().equals("GET") || !audit.isOn()) {
      return answering.get();
    }
    var order =
        OrderAudit.Order.of(
            caller.get(),
            request.address(),
            request.method() + " " + request.path(),
            request.body());
    String obstacle = audit.begins(order);
    ApiAnswer answer = obstacle.isEmpty() ? answering.get() : ApiAnswer.refused(503, obstacle);
    audit.ended(order, answer.status(), answer.body());
    return answer;
  }

  /** Answers a request by its signature. */
  ApiAnswer answer(AdminRequest request) {
    return answered(
        request,
        (least, old) ->
            least == AdminRole.NONE ? null : access.refusal(request, least, old, Instant.now()));
  }

  /** Answers a caller who is known by other means than a signature, and who needs a role. */
  ApiAnswer answer(Identity caller, AdminRequest request) {
    return answered(
        request,
        (least, _) -> {
          AdminRole needed = least == AdminRole.NONE ? AdminRole.OPERATOR : least;
          String why = AdminAccess.refusal(caller.role(), needed);
          return why == null ? null : ApiAnswer.refused(403, why);
        });
  }

  /** The outermost frame of a request, so that each has an answer. */
  private ApiAnswer answered(AdminRequest request, Gate gate) {
    try {
      return routed(request, gate);
    } catch (IdentityException e) {
      return ApiAnswer.refused(status(e.reason()), String.valueOf(e.getMessage()));
    } catch (RefusalException refusal) {
      S3Exception e = S3Exception.of(refusal);
      return new ApiAnswer(e.error().status(), new ApiError(e.error().code(), e.message(), ""));
    } catch (JacksonException e) {
      return ApiAnswer.refused(400, "the body is not the JSON that is expected");
    } catch (IllegalArgumentException e) {
      return ApiAnswer.refused(400, String.valueOf(e.getMessage()));
    } catch (BlobUnavailableException | NotServingException e) {
      return ApiAnswer.refused(503, String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error defect) {
      LOG.error("admin API: {} {}", request.method(), request.path(), defect);
      return ApiAnswer.refused(500, "this is a defect of the node: its log tells more");
    }
  }

  private ApiAnswer routed(AdminRequest request, Gate gate) {
    return switch (routes.find(request.method(), request.path())) {
      case RouteMatch.Found found -> found(request, found, gate);
      case RouteMatch.OtherMethod(var methods) ->
          new ApiAnswer(
              405,
              ApiError.of(405, request.path() + " takes " + String.join(", ", methods)),
              Map.of("Allow", String.join(", ", methods)),
              () -> {});
      case RouteMatch.Nothing() -> nothing(request, gate);
    };
  }

  private static ApiAnswer found(AdminRequest request, RouteMatch.Found found, Gate gate) {
    ApiRoute route = found.route();
    @Nullable ApiAnswer refusal = gate.refusal(route.role(), found.old());
    if (refusal != null) {
      return refusal;
    }
    var call =
        new ApiCall(
            found.path(),
            new QueryParameters(request.signed().rawQuery()),
            request.body(),
            request.signed(),
            found.old());
    boolean isChecked = request.path().startsWith(RouteTable.VERSION);
    @Nullable ApiError problem = isChecked ? CallCheck.problem(route, call) : null;
    return problem == null ? route.handler().apply(call) : new ApiAnswer(400, problem);
  }

  /** Outside of the versions, only who may do everything is told what there is. */
  private static ApiAnswer nothing(AdminRequest request, Gate gate) {
    @Nullable ApiAnswer refusal =
        request.path().startsWith(RouteTable.VERSION)
            ? null
            : gate.refusal(AdminRole.ADMINISTRATOR, true);
    return refusal == null
        ? ApiAnswer.refused(404, "there is no " + request.method() + " " + request.path())
        : refusal;
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
