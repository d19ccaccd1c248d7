package rondo.server.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Stands in for Kubernetes' API: keeps objects by their paths, for those that show the token.
 *
 * @param objects as JSON
 * @param asked method and path of each request
 */
record KubernetesStandIn(
    HttpServer server, Path account, Map<String, String> objects, List<String> asked)
    implements AutoCloseable {
  static KubernetesStandIn start(Path account) throws IOException {
    Files.writeString(account.resolve("token"), "pod-token\n");
    var standIn =
        new KubernetesStandIn(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            account,
            new ConcurrentHashMap<>(),
            Collections.synchronizedList(new ArrayList<>()));
    standIn.server.createContext("/", standIn::answer);
    standIn.server.start();
    return standIn;
  }

  KubernetesApi api() {
    return KubernetesApi.plain(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()), account);
  }

  /** An object's content. */
  JsonNode object(String path) {
    return JsonMapper.shared().readTree(objects.get(path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String method = exchange.getRequestMethod();
    asked.add(method + " " + path);
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    int status = 404;
    String answer = "{\"message\": \"not found\"}";
    if (!"Bearer pod-token".equals(exchange.getRequestHeaders().getFirst("Authorization"))
        || path.contains("forbidden")) {
      status = 403;
      answer = "{\"message\": \"it is forbidden\"}";
    } else if (method.equals("POST")) {
      String name = JsonMapper.shared().readTree(body).path("metadata").path("name").asString();
      status = objects.putIfAbsent(path + "/" + name, body) == null ? 201 : 409;
      answer = body;
    } else if (method.equals("PATCH") && objects.containsKey(path.replace("/status", ""))) {
      status = 200;
      answer = patched(path.replace("/status", ""), body);
    } else if (objects.containsKey(path)) {
      status = 200;
      answer = objects.get(path);
    }
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Merges conditions by their types. */
  private String patched(String path, String body) {
    var object = (ObjectNode) object(path);
    ArrayNode conditions = object.withObject("status").withArray("conditions");
    for (JsonNode one : JsonMapper.shared().readTree(body).path("status").path("conditions")) {
      conditions.removeIf(before -> before.path("type").equals(one.path("type")));
      conditions.add(one);
    }
    objects.put(path, object.toString());
    return object.toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
