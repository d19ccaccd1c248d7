package rondo.server.api;

import java.util.Map;
import java.util.Objects;
import rondo.s3.auth.SignedRequest;
import rondo.s3.request.QueryParameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request to a route.
 *
 * @param path the values of the path's parameters, decoded
 * @param text the body
 * @param old whether it came by the path that the route had before there were versions
 */
public record ApiCall(
    Map<String, String> path,
    QueryParameters query,
    String text,
    SignedRequest signed,
    boolean old) {
  /** The value of a parameter of the path. */
  public String name(String parameter) {
    return Objects.requireNonNull(path.get(parameter));
  }

  /**
   * The body.
   *
   * @throws tools.jackson.core.JacksonException when it isn't JSON
   */
  public JsonNode json() {
    return JsonMapper.shared().readTree(text);
  }

  /** The value of a query's parameter; {@code otherwise} when it isn't there, or empty. */
  public String query(String parameter, String otherwise) {
    return query.value(parameter, otherwise);
  }
}
