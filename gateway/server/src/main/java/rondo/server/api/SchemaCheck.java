package rondo.server.api;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Holds values against schemas. Pure. */
final class SchemaCheck {
  private SchemaCheck() {}

  /**
   * What is wrong with a value, in words that follow its name; null when it is as it should be.
   *
   * @param where the value's name, for what is within it
   */
  static @Nullable ApiError problem(JsonNode schema, JsonNode value, String where) {
    String type = schema.path("type").asString("");
    if (!isOf(type, value)) {
      return ApiError.of(where, "is to be of type %s, not %s".formatted(type, shown(value)));
    }
    return switch (type) {
      case "string" -> ofText(schema, value.asString(), where);
      case "integer" -> ofNumber(schema, value, where);
      case "array" -> ofList(schema, value, where);
      case "object" -> ofObject(schema, value, where);
      default -> null;
    };
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isString();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      default -> true;
    };
  }

  private static String shown(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "text";
      case NUMBER -> value.isIntegralNumber() ? "a whole number" : "a fraction";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case NULL -> "null";
      default -> "nothing";
    };
  }

  private static @Nullable ApiError ofText(JsonNode schema, String text, String where) {
    int length = text.codePointCount(0, text.length());
    if (length < schema.path("minLength").asInt(0)) {
      return ApiError.of(where, text.isEmpty() ? "is empty" : "is too short");
    }
    if (length > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      return ApiError.of(
          where, "has more than %d characters".formatted(schema.path("maxLength").asInt()));
    }
    if (schema.has("pattern")
        && !Pattern.compile(schema.path("pattern").asString()).matcher(text).find()) {
      return ApiError.of(where, "isn't like " + schema.path("pattern").asString());
    }
    JsonNode words = schema.path("enum");
    return words.isArray() && words.valueStream().noneMatch(it -> it.asString().equals(text))
        ? ApiError.of(where, "is none of " + words)
        : null;
  }

  private static @Nullable ApiError ofNumber(JsonNode schema, JsonNode value, String where) {
    boolean fits =
        value.canConvertToLong()
            && value.asLong() >= schema.path("minimum").asLong(Long.MIN_VALUE)
            && value.asLong() <= schema.path("maximum").asLong(Long.MAX_VALUE);
    return fits
        ? null
        : ApiError.of(
            where,
            "is at least %d and at most %d"
                .formatted(
                    schema.path("minimum").asLong(Long.MIN_VALUE),
                    schema.path("maximum").asLong(Long.MAX_VALUE)));
  }

  private static @Nullable ApiError ofList(JsonNode schema, JsonNode list, String where) {
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    if (list.size() < schema.path("minItems").asInt(0) || list.size() > most) {
      return ApiError.of(
          where, "has %d to %d items".formatted(schema.path("minItems").asInt(0), most));
    }
    for (int i = 0; i < list.size(); i++) {
      ApiError problem = problem(schema.path("items"), list.get(i), where + "[" + i + "]");
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable ApiError ofObject(JsonNode schema, JsonNode object, String where) {
    for (JsonNode name : schema.path("required")) {
      if (!object.has(name.asString())) {
        return ApiError.of(where, "lacks '%s'".formatted(name.asString()));
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      if (known.isMissingNode() && others.isBoolean() && !others.asBoolean()) {
        return ApiError.of(
            where,
            "has no '%s'; it has %s".formatted(field.getKey(), String.join(", ", names(schema))));
      }
      String inner = where + "." + field.getKey();
      ApiError problem =
          schema.has("propertyNames")
              ? problem(schema.path("propertyNames"), text(field.getKey()), inner)
              : null;
      if (problem == null) {
        problem = problem(known.isMissingNode() ? others : known, field.getValue(), inner);
      }
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static Iterable<String> names(JsonNode schema) {
    return schema.path("properties").propertyNames();
  }

  private static JsonNode text(String value) {
    return JsonNodeFactory.instance.stringNode(value);
  }
}
