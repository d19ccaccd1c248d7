package rondo.server.api;

import java.util.List;
import java.util.Locale;
import rondo.s3.auth.Identity.AdminRole;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes the OpenAPI 3.1 document of a list of routes. Pure. */
final class OpenApiDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String SIGNATURE = "signature";
  private static final String JSON_TYPE = "application/json";

  private static final String ABOUT =
      "Every request but those for health, metrics and this document is signed by AWS Signature"
          + " Version 4 for the service 'rondo', with x-amz-content-sha256 over its body, by root"
          + " or a user with a role. Each error has the form of the schema Error. Lists come in"
          + " pages: 'next' of one page is 'after' of the next. Fields may be added to answers.";

  private OpenApiDocument() {}

  static ObjectNode of(String version, List<ApiRoute> routes) {
    ObjectNode document = JSON.objectNode().put("openapi", "3.1.0");
    document
        .putObject("info")
        .put("title", "Rondo admin API")
        .put("version", version)
        .put("description", ABOUT);
    document.putArray("servers").addObject().put("url", "/");
    ObjectNode paths = document.putObject("paths");
    routes.stream().map(route -> route.path().path()).distinct().sorted().forEach(paths::putObject);
    for (ApiRoute route : routes) {
      ObjectNode path = (ObjectNode) paths.get(route.path().path());
      path.set(route.path().lowerMethod(), operation(route));
    }
    ObjectNode components = document.putObject("components");
    components.putObject("schemas").set("Error", error().node());
    components
        .putObject("securitySchemes")
        .putObject(SIGNATURE)
        .put("type", "apiKey")
        .put("in", "header")
        .put("name", "Authorization")
        .put("description", "AWS Signature Version 4, for the service 'rondo'")
        .put("x-amazon-apigateway-authtype", "awsSigv4");
    return document;
  }

  private static JsonSchema error() {
    return JsonSchema.answer("code:string", "message:string", "where:string?");
  }

  private static ObjectNode operation(ApiRoute route) {
    ObjectNode shown = JSON.objectNode();
    shown.put("operationId", route.path().id());
    shown.put("summary", route.summary());
    shown.putArray("tags").add(tag(route.path().path()));
    shown.put("x-rondo-role", route.role().word());
    if (!route.path().old().isEmpty()) {
      shown.put("x-rondo-earlier-path", route.path().old());
    }
    var security = shown.putArray("security");
    if (route.role() != AdminRole.NONE) {
      security.addObject().putArray(SIGNATURE);
    }
    var parameters = shown.putArray("parameters");
    route.parameters().forEach(it -> parameters.add(parameter(it)));
    ApiRoute.Body body = route.body();
    if (body != null) {
      ObjectNode request = shown.putObject("requestBody").put("required", body.required());
      request.putObject("content").putObject(JSON_TYPE).set("schema", body.schema().node());
    }
    shown.set("responses", responses(route));
    return shown;
  }

  private static String tag(String path) {
    String[] segments = path.split("/");
    return segments[segments.length > 2 && segments[1].equals("v1") ? 2 : 1];
  }

  private static ObjectNode parameter(ApiParameter parameter) {
    boolean names = parameter.in() == ApiParameter.Place.NAMES;
    ObjectNode shown =
        JSON.objectNode()
            .put("name", parameter.name())
            .put("in", names ? "query" : parameter.in().name().toLowerCase(Locale.ROOT))
            .put("required", parameter.required())
            .put("description", parameter.description());
    if (names) {
      shown.put("style", "form").put("explode", true);
    }
    shown.set("schema", parameter.schema().node());
    return shown;
  }

  private static ObjectNode responses(ApiRoute route) {
    ObjectNode responses = JSON.objectNode();
    JsonSchema result = route.result();
    ObjectNode content =
        responses.putObject("200").put("description", "Done.").putObject("content");
    String type =
        result == null
            ? "text/plain"
            : result.node().has("x-lines") ? "application/x-ndjson" : JSON_TYPE;
    content
        .putObject(type)
        .set("schema", result == null ? JSON.objectNode().put("type", "string") : result.node());
    responses
        .putObject("default")
        .put("description", "Refused, or failed.")
        .putObject("content")
        .putObject(JSON_TYPE)
        .putObject("schema")
        .put("$ref", "#/components/schemas/Error");
    return responses;
  }
}
