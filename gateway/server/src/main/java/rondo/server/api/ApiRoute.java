package rondo.server.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity.AdminRole;

/**
 * One route of the admin API. Immutable.
 *
 * @param role the least that may use it; NONE for everyone, without a signature
 * @param summary a sentence, for the document
 * @param parameters of the path and the query; no others are taken
 * @param body null when it takes none
 * @param result of status 200; null for text
 * @param handler answers; may throw what {@code AdminServer} has words for
 */
public record ApiRoute(
    RoutePath path,
    AdminRole role,
    String summary,
    List<ApiParameter> parameters,
    @Nullable Body body,
    @Nullable JsonSchema result,
    Function<ApiCall, ApiAnswer> handler) {
  /**
   * The body that a route takes.
   *
   * @param required false when the route does without it, too
   */
  public record Body(JsonSchema schema, boolean required) {}

  /** Begins a route that reads. */
  public static RouteDraft get(String path, String summary) {
    return new RouteDraft("GET", path, summary);
  }

  /** Begins a route that makes something, or gives an order. */
  public static RouteDraft post(String path, String summary) {
    return new RouteDraft("POST", path, summary);
  }

  /** Begins a route that sets something. */
  public static RouteDraft put(String path, String summary) {
    return new RouteDraft("PUT", path, summary);
  }

  /** Begins a route that removes something. */
  public static RouteDraft delete(String path, String summary) {
    return new RouteDraft("DELETE", path, summary);
  }
}
