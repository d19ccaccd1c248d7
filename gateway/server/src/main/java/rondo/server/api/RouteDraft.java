package rondo.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity.AdminRole;

/**
 * Writes a route down, word by word, and ends with its handler. Routes are for administrators
 * unless something else is said. Used by one thread.
 */
public final class RouteDraft {
  private final String method;
  private final String path;
  private final String summary;
  private final List<ApiParameter> parameters = new ArrayList<>();
  private String old = "";
  private AdminRole role = AdminRole.ADMINISTRATOR;
  private ApiRoute.@Nullable Body body;

  RouteDraft(String method, String path, String summary) {
    this.method = method;
    this.path = path;
    this.summary = summary;
    RoutePath.parameters(path).forEach(name -> parameters.add(ApiParameter.ofPath(name)));
  }

  /** The path that the route had before there were versions, with the same parameters. */
  public RouteDraft old(String before) {
    old = before;
    return this;
  }

  /** Operators may use it, too. */
  public RouteDraft forOperators() {
    role = AdminRole.OPERATOR;
    return this;
  }

  /** Everyone may use it, without a signature. */
  public RouteDraft forEveryone() {
    role = AdminRole.NONE;
    return this;
  }

  /** It takes a parameter in its query. */
  public RouteDraft query(ApiParameter parameter) {
    parameters.add(parameter);
    return this;
  }

  /** It gives a list in pages. */
  public RouteDraft paged() {
    return query(ApiParameter.LIMIT).query(ApiParameter.AFTER);
  }

  /** It wants a body. */
  public RouteDraft takes(JsonSchema schema) {
    body = new ApiRoute.Body(schema, true);
    return this;
  }

  /** It takes a body, and does without. */
  public RouteDraft mayTake(JsonSchema schema) {
    body = new ApiRoute.Body(schema, false);
    return this;
  }

  /** Ends the route, which gives JSON. */
  public ApiRoute gives(JsonSchema result, Function<ApiCall, ApiAnswer> handler) {
    return end(result, handler);
  }

  /** Ends the route, which gives text. */
  public ApiRoute givesText(Function<ApiCall, ApiAnswer> handler) {
    return end(null, handler);
  }

  private ApiRoute end(@Nullable JsonSchema result, Function<ApiCall, ApiAnswer> handler) {
    return new ApiRoute(
        new RoutePath(method, path, old),
        role,
        summary,
        List.copyOf(parameters),
        body,
        result,
        handler);
  }
}
