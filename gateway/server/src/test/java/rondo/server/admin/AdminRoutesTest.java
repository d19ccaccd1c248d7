package rondo.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import rondo.server.storage.NodeCalls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node routes and checks requests as its OpenAPI document says. */
@Timeout(240)
@Tag("node")
final class AdminRoutesTest {
  private static final List<String> METHODS = List.of("get", "post", "put", "delete", "patch");

  @TempDir static Path folder;
  private static NodeProcess node;
  private static HttpClient client;
  private static JsonNode document;

  private record Reply(int status, String body) {
    JsonNode json() {
      return JsonMapper.shared().readTree(body);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    document = unsigned("GET", "/v1/openapi.json", "").json();
  }

  @AfterAll
  static void stop() {
    client.close();
    node.close();
  }

  private static Reply unsigned(String method, String target, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.adminPort() + target))
            .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Reply(answer.statusCode(), answer.body());
  }

  private static Reply signed(String method, String target, String body)
      throws IOException, InterruptedException {
    String answer =
        NodeCalls.call(node, node.adminPort(), method.toUpperCase(Locale.ROOT), target, body);
    int space = answer.indexOf(' ');
    return new Reply(Integer.parseInt(answer.substring(0, space)), answer.substring(space + 1));
  }

  /** An operation of the document. */
  private record Described(String method, String path, JsonNode operation) {
    String target() {
      return path.replaceAll("\\{[a-z]+}", "name");
    }

    @Override
    public String toString() {
      return method + " " + path;
    }

    boolean isPublic() {
      return operation.path("security").isEmpty();
    }
  }

  private static List<Described> operations() {
    return document.path("paths").properties().stream()
        .flatMap(path ->
            path.getValue().properties().stream()
                .map(it -> new Described(it.getKey(), path.getKey(), it.getValue())))
        .toList();
  }

  @Test
  void each_described_operation_is_routed_and_no_other_method_is() throws Exception {
    assertThat(operations()).hasSizeGreaterThan(50);
    for (Described one : operations()) {
      int expected = one.isPublic() ? 200 : 401;
      assertThat(unsigned(one.method, one.target(), "").status())
          .as(one.toString())
          .isEqualTo(expected);
      for (String method : METHODS) {
        if (!document.path("paths").path(one.path).has(method)) {
          Reply reply = unsigned(method, one.target(), "");
          assertThat(reply.status()).as("%s %s", method, one.path).isEqualTo(405);
          assertThat(reply.json().path("code").asString()).isEqualTo("MethodNotAllowed");
        }
      }
    }
  }

  @Test
  void each_has_another_name_and_says_whole_sentences() {
    var ids = new TreeSet<String>();
    for (Described one : operations()) {
      assertThat(ids.add(one.operation.path("operationId").asString())).as(one.toString()).isTrue();
      assertThat(one.operation.path("summary").asString()).matches("[A-Z].*[.]");
      one.operation
          .path("parameters")
          .forEach(it -> assertThat(it.path("description").asString()).endsWith("."));
    }
  }

  @Test
  void parameters_that_are_not_described_are_refused() throws Exception {
    for (Described one : operations()) {
      if (!one.path.startsWith("/v1/")) {
        continue;
      }
      Reply reply = signed(one.method, one.target() + "?surprise=1", "");
      assertThat(reply.status()).as(one.toString()).isEqualTo(400);
      assertThat(reply.json().path("code").asString()).isEqualTo("InvalidParameter");
      if (one.operation.path("parameters").toString().contains("\"limit\"")) {
        for (String wrong : List.of("0", "1001", "-1", "many", "", "1&limit=2")) {
          Reply page = signed(one.method, one.target() + "?limit=" + wrong, "");
          assertThat(page.status()).as("%s %s", one, wrong).isEqualTo(400);
          assertThat(page.json().path("where").asString()).isEqualTo("query.limit");
        }
      }
    }
  }

  @Test
  void bodies_that_are_not_described_are_refused() throws Exception {
    for (Described one : operations()) {
      if (!one.path.startsWith("/v1/") || one.path.endsWith("policy")) {
        continue;
      }
      boolean takes = one.operation.has("requestBody");
      List<String> wrong =
          takes ? List.of("[]", "7", "{", "{\"surprise\": 1}") : List.of("{\"surprise\": 1}");
      String query = one.path.equals("/v1/explain") ? "?action=s3:GetObject&bucket=b" : "";
      if (one.isPublic()) {
        continue;
      }
      for (String body : wrong) {
        Reply reply = signed(one.method, one.target() + query, body);
        assertThat(reply.status()).as("%s %s", one, body).isEqualTo(400);
        assertThat(reply.json().path("code").asString())
            .as(one.toString())
            .isEqualTo("InvalidBody");
        assertThat(reply.json().path("message").asString()).isNotEmpty();
      }
      if (one.operation.path("requestBody").path("required").asBoolean(false)) {
        assertThat(signed(one.method, one.target(), "").status()).as("%s", one).isEqualTo(400);
      }
    }
  }

  @Test
  void every_error_has_the_one_form() throws Exception {
    String large = "{\"name\": \"" + "x".repeat(300_000) + "\"}";
    Map<Reply, Integer> refused =
        Map.of(
            unsigned("GET", "/v1/status", ""), 401,
            unsigned("GET", "/v1/nothing", ""), 404,
            unsigned("PUT", "/v1/users", ""), 405,
            unsigned("POST", "/v1/users", large), 413,
            signed("POST", "/v1/users", "{\"name\": \"a b\"}"), 400,
            signed("GET", "/v1/buckets/nothing-here/usage", ""), 404,
            signed("DELETE", "/v1/users/nobody", ""), 404);
    refused.forEach((reply, status) -> {
      assertThat(reply.status()).as(reply.body()).isEqualTo(status);
      assertThat(reply.json().path("code").asString()).as(reply.body()).matches("[A-Z][A-Za-z]+");
      assertThat(reply.json().path("message").asString()).as(reply.body()).isNotEmpty();
      assertThat(reply.json().has("error")).as(reply.body()).isFalse();
    });
  }

  @Test
  void lists_come_in_pages() throws Exception {
    for (String name : List.of("anna", "bert", "carl")) {
      assertThat(signed("POST", "/v1/users", "{\"name\": \"" + name + "\"}").status())
          .isEqualTo(200);
    }
    JsonNode first = signed("GET", "/v1/users?limit=2", "").json();
    assertThat(first.path("users").size()).isEqualTo(2);
    assertThat(first.path("next").asString()).isEqualTo("bert");
    JsonNode second = signed("GET", "/v1/users?limit=2&after=bert", "").json();
    assertThat(second.path("users").get(0).path("name").asString()).isEqualTo("carl");
    assertThat(second.has("next")).isFalse();
    assertThat(signed("GET", "/users", "").json().isArray()).isTrue();
  }

  @Test
  void earlier_paths_answer_as_before() throws Exception {
    for (Described one : operations()) {
      String old = one.operation.path("x-rondo-earlier-path").asString("");
      if (!old.isEmpty()) {
        Reply reply = unsigned(one.method, old.replaceAll("\\{[a-z]+}", "name"), "");
        assertThat(reply.status()).as(old).isEqualTo(403);
        assertThat(reply.json().path("error").asString()).as(old).contains("sign the request");
      }
    }
  }
}
