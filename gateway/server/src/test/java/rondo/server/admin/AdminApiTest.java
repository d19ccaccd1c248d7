package rondo.server.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.PresignedUrl;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who may use the admin API, by which signatures. */
@Timeout(120)
@Tag("node")
final class AdminApiTest {
  private static final String REGION = "us-east-1";
  private static final List<String> OF_OPERATORS =
      List.of("/status", "/ring", "/layout", "/missing", "/losses", "/scrub");

  @TempDir static Path folder;
  private static NodeProcess node;

  /** An access key with its secret. */
  private record AccessKey(String id, String secret) {}

  private record Reply(int status, String body) {}

  @BeforeAll
  static void start() {
    node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + folder.resolve("data"),
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static AccessKey root() {
    return new AccessKey(node.root().accessKey(), node.root().secret());
  }

  private static List<Map.Entry<String, String>> signed(
      AccessKey key, String service, String method, String path, String payload) {
    var request =
        new SignedRequest(method, path, "", List.of(Map.entry("host", host(node.adminPort()))));
    return new RequestSigner(key.id(), key.secret(), REGION, service)
        .sign(request, payload, Instant.now());
  }

  private static String host(int port) {
    return "127.0.0.1:" + port;
  }

  private static Reply send(
      int port, String method, String target, String body, List<Map.Entry<String, String>> headers)
      throws IOException, InterruptedException {
    var builder =
        HttpRequest.newBuilder(URI.create("http://" + host(port) + target))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    headers.stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      var answer = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(answer.statusCode(), answer.body());
    }
  }

  private static Reply call(AccessKey key, String method, String path, String body)
      throws IOException, InterruptedException {
    var headers =
        signed(key, AuthSettings.ADMIN, method, path, Hashes.sha256Hex(body.getBytes(UTF_8)));
    return send(node.adminPort(), method, path, body, headers);
  }

  private static JsonNode json(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(reply.body());
  }

  private static AccessKey user(String name) throws IOException, InterruptedException {
    return key(json(call(root(), "POST", "/users", "{\"name\": \"" + name + "\"}")));
  }

  private static AccessKey key(JsonNode made) {
    return new AccessKey(made.path("accessKey").asString(), made.path("secretKey").asString());
  }

  private static void role(String name, String role) throws IOException, InterruptedException {
    json(call(root(), "PUT", "/users/" + name + "/role", "{\"role\": \"" + role + "\"}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "UNSIGNED-PAYLOAD",
        "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"
      })
  void a_body_that_is_not_signed_is_refused(String payload)
      throws IOException, InterruptedException {
    String good = Hashes.sha256Hex("{\"name\": \"good\"}".getBytes(UTF_8));
    var headers =
        signed(root(), AuthSettings.ADMIN, "POST", "/users", payload.isEmpty() ? good : payload);
    Reply reply = send(node.adminPort(), "POST", "/users", "{\"name\": \"evil\"}", headers);
    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains("body");
    assertThat(call(root(), "GET", "/users", "").body()).doesNotContain("evil");
  }

  @Test
  void signatures_for_s3_do_not_count() throws IOException, InterruptedException {
    var headers = signed(root(), AuthSettings.S3, "GET", "/users", Hashes.EMPTY_SHA256);
    Reply reply = send(node.adminPort(), "GET", "/users", "", headers);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("rondo", "Signatures for S3 don't count");
    var back =
        new RequestSigner(root().id(), root().secret(), REGION, AuthSettings.ADMIN)
            .sign(
                new SignedRequest("GET", "/", "", List.of(Map.entry("host", host(node.s3Port())))),
                Hashes.EMPTY_SHA256,
                Instant.now());
    assertThat(send(node.s3Port(), "GET", "/", "", back).body()).contains("incorrect service");
  }

  @ParameterizedTest
  @ValueSource(strings = {AuthSettings.S3, AuthSettings.ADMIN})
  void a_presigned_url_is_refused(String service) throws IOException, InterruptedException {
    for (String path : List.of("/users", "/status", "/users/carol/policy")) {
      var wanted =
          new SignedRequest("GET", path, "", List.of(Map.entry("host", host(node.adminPort()))));
      String query =
          new PresignedUrl(root().id(), root().secret(), REGION, service)
              .query(wanted, Duration.ofHours(1), Instant.now());
      Reply reply = send(node.adminPort(), "GET", path + "?" + query, "", List.of());
      assertThat(reply.status()).isEqualTo(403);
      assertThat(reply.body()).contains("Authorization header");
    }
  }

  @Test
  void a_request_that_changes_something_is_taken_once() throws IOException, InterruptedException {
    String body = "{\"name\": \"once\"}";
    String payload = Hashes.sha256Hex(body.getBytes(UTF_8));
    var headers = signed(root(), AuthSettings.ADMIN, "POST", "/users", payload);
    assertThat(send(node.adminPort(), "POST", "/users", body, headers).status()).isEqualTo(200);
    Reply again = send(node.adminPort(), "POST", "/users", body, headers);
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.body()).contains("already");
    var read = signed(root(), AuthSettings.ADMIN, "GET", "/status", Hashes.EMPTY_SHA256);
    for (int i = 0; i < 2; i++) {
      assertThat(send(node.adminPort(), "GET", "/status", "", read).status()).isEqualTo(200);
    }
  }

  @Test
  void two_signatures_are_one_too_many() throws IOException, InterruptedException {
    for (String twice : List.of("authorization", "x-amz-date", "x-amz-content-sha256")) {
      var headers =
          new ArrayList<>(
              signed(root(), AuthSettings.ADMIN, "GET", "/status", Hashes.EMPTY_SHA256));
      headers.add(Map.entry(twice, "x"));
      Reply reply = send(node.adminPort(), "GET", "/status", "", headers);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body()).contains("more than one " + twice);
    }
  }

  @Test
  void a_role_says_what_a_user_may_do() throws IOException, InterruptedException {
    AccessKey otto = user("otto");
    for (String path : OF_OPERATORS) {
      assertThat(call(otto, "GET", path, "").status()).as(path).isEqualTo(403);
    }
    role("otto", "operator");
    for (String path : OF_OPERATORS) {
      assertThat(call(otto, "GET", path, "").status()).as(path).isEqualTo(200);
    }
    for (String request :
        List.of(
            "GET /users",
            "POST /users",
            "DELETE /users/otto",
            "POST /users/otto/keys",
            "PUT /users/otto/role",
            "GET /users/otto/policy",
            "PUT /users/otto/policy",
            "DELETE /users/otto/policy",
            "DELETE /keys/" + otto.id(),
            "GET /keys/" + otto.id() + "/policy",
            "PUT /keys/" + otto.id() + "/policy",
            "POST /scrub",
            "POST /losses",
            "POST /layout/apply",
            "GET /explain",
            "GET /lifecycle/b",
            "GET /conflicts/b",
            "GET /shards/b",
            "PUT /quota/b",
            "PUT /quorum/b",
            "PUT /copies/b",
            "PUT /available/b",
            "PUT /consistency/b",
            "GET /anything")) {
      String[] parts = request.split(" ", 2);
      Reply reply = call(otto, parts[0], parts[1], "{\"role\": \"administrator\"}");
      assertThat(reply.status()).as(request).isEqualTo(403);
      assertThat(reply.body()).contains("only administrators");
    }
    role("otto", "administrator");
    assertThat(json(call(otto, "GET", "/users", "")).toString()).contains("administrator");
    AccessKey second = key(json(call(otto, "POST", "/users/otto/keys", "")));
    String policy =
        """
        {"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}
        """;
    json(call(otto, "PUT", "/keys/" + second.id() + "/policy", policy));
    assertThat(call(second, "GET", "/status", "").status()).isEqualTo(403);
    role("otto", "");
    assertThat(call(otto, "GET", "/status", "").status()).isEqualTo(403);
    assertThat(call(root(), "PUT", "/users/otto/role", "{\"role\": \"boss\"}").status())
        .isEqualTo(400);
    assertThat(call(root(), "PUT", "/users/nobody/role", "{\"role\": \"\"}").status())
        .isEqualTo(404);
  }
}
