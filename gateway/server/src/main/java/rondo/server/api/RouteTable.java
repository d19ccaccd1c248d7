package rondo.server.api;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/** All routes of the admin API, and the document that describes them. Immutable. */
public final class RouteTable {
  /** What every path begins with that has a version. */
  public static final String VERSION = "/v1/";

  private final List<ApiRoute> routes;
  private final ObjectNode document;

  public RouteTable(List<? extends ApiFamily> families) {
    var all = new ArrayList<ApiRoute>();
    families.forEach(family -> all.addAll(family.routes()));
    all.add(
        ApiRoute.get("/v1/openapi.json", "Describes this API, as OpenAPI 3.1.")
            .forEveryone()
            .gives(
                JsonSchema.answer("openapi:string", "info:object", "paths:object"),
                call -> ApiAnswer.of(document())));
    // A path of words goes before one with a name in the same place.
    all.sort(Comparator.comparing((ApiRoute it) -> -it.path().words()));
    this.routes = List.copyOf(all);
    this.document = OpenApiDocument.of(version(), routes);
  }

  private static String version() {
    String version = RouteTable.class.getPackage().getImplementationVersion();
    return version == null ? "not packaged" : version;
  }

  /** All routes. */
  public List<ApiRoute> routes() {
    return routes;
  }

  /** The OpenAPI document. */
  public ObjectNode document() {
    return document;
  }

  /** Finds what a request means. */
  public RouteMatch find(String method, String path) {
    var methods = new TreeSet<String>();
    String meant = "";
    for (ApiRoute route : routes) {
      Map<String, String> found = route.path().match(path);
      // Of two paths that fit, the one with fewer names is meant, by whatever method.
      if (found != null && (meant.isEmpty() || meant.equals(route.path().path()))) {
        meant = route.path().path();
        methods.add(route.path().method());
        if (route.path().method().equals(method)) {
          return new RouteMatch.Found(route, found, false);
        }
      }
    }
    return methods.isEmpty() ? before(method, path) : new RouteMatch.OtherMethod(methods);
  }

  private RouteMatch before(String method, String path) {
    for (ApiRoute route : routes) {
      Map<String, String> found = route.path().matchOld(path);
      if (found != null && route.path().method().equals(method)) {
        return new RouteMatch.Found(route, found, true);
      }
    }
    return new RouteMatch.Nothing();
  }
}
