package rondo.server.api;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON Schema (2020-12, the part that {@link SchemaCheck} knows): what the document shows is what
 * requests are held against. Not changed once made.
 */
public record JsonSchema(ObjectNode node) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int LONGEST = 4096;

  /**
   * A field of an object.
   *
   * @param required whether the object has to have it
   */
  public record Field(String name, JsonSchema schema, boolean required) {}

  private static JsonSchema of(String type) {
    return new JsonSchema(JSON.objectNode().put("type", type));
  }

  /** Text of at least and at most so many characters. */
  public static JsonSchema text(int least, int most) {
    JsonSchema schema = of("string");
    schema.node.put("minLength", least).put("maxLength", most);
    return schema;
  }

  /** Text of a bounded length. */
  public static JsonSchema text() {
    return text(0, LONGEST);
  }

  /** Text that a pattern describes: a regular expression that Java and ECMAScript read alike. */
  public static JsonSchema like(String pattern) {
    JsonSchema schema = of("string");
    schema.node.put("pattern", pattern);
    return schema;
  }

  /** One of some words. */
  public static JsonSchema oneOf(String... words) {
    JsonSchema schema = of("string");
    var all = schema.node.putArray("enum");
    List.of(words).forEach(all::add);
    return schema;
  }

  /** A whole number within bounds. */
  public static JsonSchema whole(long least, long most) {
    JsonSchema schema = of("integer");
    schema.node.put("minimum", least).put("maximum", most);
    return schema;
  }

  /** True or false. */
  public static JsonSchema flag() {
    return of("boolean");
  }

  /** A list of so many items. */
  public static JsonSchema list(JsonSchema items, int least, int most) {
    JsonSchema schema = of("array");
    schema.node.put("minItems", least).put("maxItems", most).set("items", items.node);
    return schema;
  }

  /** An object with these fields and no others. */
  public static JsonSchema object(Field... fields) {
    JsonSchema schema = of("object");
    ObjectNode properties = schema.node.putObject("properties");
    var required = JSON.arrayNode();
    for (Field field : fields) {
      properties.set(field.name, field.schema.node);
      if (field.required) {
        required.add(field.name);
      }
    }
    if (!required.isEmpty()) {
      schema.node.set("required", required);
    }
    schema.node.put("additionalProperties", false);
    return schema;
  }

  /** An object of any fields, such as a policy, which its own reader judges. */
  public static JsonSchema document() {
    return of("object");
  }

  /** An object whose fields have such names, and text as values. */
  static JsonSchema namesLike(String pattern) {
    JsonSchema schema = of("object");
    schema.node.set("propertyNames", like(pattern).node);
    schema.node.set("additionalProperties", text(0, 512).node);
    return schema;
  }

  /** A field that an object has to have. */
  public static Field required(String name, JsonSchema schema) {
    return new Field(name, schema, true);
  }

  /** A field that an object may have. */
  public static Field optional(String name, JsonSchema schema) {
    return new Field(name, schema, false);
  }

  /**
   * An answer: an object with at least these fields, and perhaps more in a later release.
   *
   * @param fields each {@code name:type}, with a type of JSON Schema or a list of them as {@code
   *     list}, {@code strings} or {@code objects}; with a question mark behind it when it may be
   *     missing
   */
  public static JsonSchema answer(String... fields) {
    JsonSchema schema = of("object");
    ObjectNode properties = schema.node.putObject("properties");
    var required = JSON.arrayNode();
    for (String field : fields) {
      int colon = field.indexOf(':');
      String name = field.substring(0, colon);
      boolean missing = field.endsWith("?");
      properties.set(name, shown(field.substring(colon + 1, field.length() - (missing ? 1 : 0))));
      if (!missing) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.node.set("required", required);
    }
    return schema;
  }

  private static JsonNode shown(String type) {
    ObjectNode node = JSON.objectNode();
    return switch (type) {
      case "list" -> node.put("type", "array");
      case "strings", "objects" -> {
        String each = type.substring(0, type.length() - 1);
        node.put("type", "array").putObject("items").put("type", each);
        yield node;
      }
      default -> node.put("type", type);
    };
  }

  /** A page of a list, whose entries are such objects. */
  public static JsonSchema page(String name, JsonSchema entry) {
    JsonSchema schema = answer("next:string?");
    ((ObjectNode) schema.node.get("properties"))
        .set(name, JSON.objectNode().put("type", "array").set("items", entry.node));
    schema.node.putArray("required").add(name);
    return schema;
  }

  /** An answer that says what was done, in words. */
  public static JsonSchema words() {
    return answer("text:string");
  }

  /** This schema with a description for people. */
  public JsonSchema described(String words) {
    ObjectNode copy = node.deepCopy();
    copy.put("description", words);
    return new JsonSchema(copy);
  }
}
