package rondo.server.admin;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.placement.NotServingException;
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
import rondo.store.blob.BlobUnavailableException;
import rondo.store.row.RefusalException;
import tools.jackson.core.JacksonException;

/**
 * Answers requests: finds the route, decides whether the sender may use it, holds the request
 * against the route's description, and has it answered. Thread-safe.
 */
final class AdminDispatcher {
  private static final Logger LOG = LoggerFactory.getLogger(AdminDispatcher.class);

  private final AdminAccess access;
  private final RouteTable routes;

  AdminDispatcher(AdminAccess access, RouteTable routes) {
    this.access = access;
    this.routes = routes;
  }

  /** Answers; the outermost frame of a request, so that each has an answer. */
  ApiAnswer answer(AdminRequest request) {
    try {
      return routed(request);
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

  private ApiAnswer routed(AdminRequest request) {
    return switch (routes.find(request.method(), request.path())) {
      case RouteMatch.Found found -> found(request, found);
      case RouteMatch.OtherMethod(var methods) ->
          new ApiAnswer(
              405,
              ApiError.of(405, request.path() + " takes " + String.join(", ", methods)),
              Map.of("Allow", String.join(", ", methods)),
              () -> {});
      case RouteMatch.Nothing() -> nothing(request);
    };
  }

  private ApiAnswer found(AdminRequest request, RouteMatch.Found found) {
    ApiRoute route = found.route();
    @Nullable ApiAnswer refusal =
        route.role() == AdminRole.NONE
            ? null
            : access.refusal(request, route.role(), found.old(), Instant.now());
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
  private ApiAnswer nothing(AdminRequest request) {
    @Nullable ApiAnswer refusal =
        request.path().startsWith(RouteTable.VERSION)
            ? null
            : access.refusal(request, AdminRole.ADMINISTRATOR, true, Instant.now());
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
