package rondo.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.server.api.ApiParameter.Place;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Holds a call against the description of its route. Pure. */
public final class CallCheck {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private CallCheck() {}

  /** The first thing that isn't as described; null when all is. */
  public static @Nullable ApiError problem(ApiRoute route, ApiCall call) {
    for (ApiParameter parameter : route.parameters()) {
      ApiError problem = problem(parameter, call);
      if (problem != null) {
        return problem;
      }
    }
    ApiError unknown = unknown(route.parameters(), call);
    return unknown == null ? ofBody(route.body(), call.text()) : unknown;
  }

  private static @Nullable ApiError problem(ApiParameter parameter, ApiCall call) {
    String name = parameter.name();
    if (parameter.in() == Place.PATH) {
      return SchemaCheck.problem(
          parameter.schema().node(), JSON.stringNode(call.name(name)), "path." + name);
    }
    if (parameter.in() == Place.NAMES) {
      return null;
    }
    List<String> values = call.query().values(name);
    String where = "query." + name;
    if (values.isEmpty()) {
      return parameter.required() ? ApiError.of(where, "is missing") : null;
    }
    if (values.size() > 1) {
      return ApiError.of(where, "is there more than once");
    }
    return SchemaCheck.problem(
        parameter.schema().node(), value(parameter.schema(), values.getFirst()), where);
  }

  /** Text in a query as the value that it stands for, as far as it stands for one. */
  private static JsonNode value(JsonSchema schema, String text) {
    String type = schema.node().path("type").asString("");
    if (type.equals("integer") && text.matches("-?[0-9]{1,18}")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    return type.equals("boolean") && text.matches("true|false")
        ? JSON.booleanNode(Boolean.parseBoolean(text))
        : JSON.stringNode(text);
  }

  private static @Nullable ApiError unknown(List<ApiParameter> known, ApiCall call) {
    ObjectNode others = JSON.objectNode();
    for (String name : call.query().names()) {
      boolean described =
          known.stream().anyMatch(it -> it.in() == Place.QUERY && it.name().equals(name));
      if (!described) {
        others.put(name, call.query().value(name, ""));
      }
    }
    for (ApiParameter parameter : known) {
      if (parameter.in() == Place.NAMES) {
        return SchemaCheck.problem(parameter.schema().node(), others, "query");
      }
    }
    return others.isEmpty()
        ? null
        : ApiError.of(
            "query." + others.propertyNames().iterator().next(), "is unknown to this request");
  }

  private static @Nullable ApiError ofBody(ApiRoute.@Nullable Body body, String text) {
    if (text.isBlank()) {
      return body != null && body.required() ? ApiError.of("body", "is missing") : null;
    }
    if (body == null) {
      return ApiError.of("body", "is unknown to this request: it takes none");
    }
    try {
      return SchemaCheck.problem(body.schema().node(), JsonMapper.shared().readTree(text), "body");
    } catch (JacksonException e) {
      return ApiError.of("body", "isn't JSON");
    }
  }
}
