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
                call -> Answer.of(document())));
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
    for (ApiRoute route : routes) {
      Map<String, String> found = route.path().match(path);
      Map<String, String> before = found == null ? route.path().matchOld(path) : null;
      Map<String, String> values = found == null ? before : found;
      if (values != null && route.path().method().equals(method)) {
        return new RouteMatch.Found(route, values, found == null);
      }
      if (found != null) {
        methods.add(route.path().method());
      }
    }
    return methods.isEmpty() ? new RouteMatch.Nothing() : new RouteMatch.OtherMethod(methods);
  }
}
