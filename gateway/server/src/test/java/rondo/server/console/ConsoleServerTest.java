package rondo.server.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The console of a node over HTTP: who may do what, and what browsers are told. */
@Timeout(180)
@Tag("node")
final class ConsoleServerTest {
  @TempDir static Path folder;
  private static NodeProcess node;
  private static HttpClient client;

  /** A browser's side of a session. */
  private record Tab(String cookie, String proof) {}

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
                "--node-listen=127.0.0.1:0",
                "--console-listen=127.0.0.1:0",
                "--console-status",
                "--trusted-proxies=127.0.0.1"));
    client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @AfterAll
  static void stop() {
    client.close();
    node.close();
  }

  private static HttpResponse<String> send(
      String method, String target, String body, String... headers)
      throws IOException, InterruptedException {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.consolePort() + target))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    return client.send(builder.build(), HttpResponse.BodyHandlers.ofString(UTF_8));
  }

  private static HttpResponse<String> of(Tab tab, String method, String target, String body)
      throws IOException, InterruptedException {
    return send(
        method,
        target,
        body,
        "Cookie",
        tab.cookie(),
        "X-Rondo-Proof",
        tab.proof(),
        "Content-Type",
        "application/json");
  }

  private static JsonNode json(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.shared().readTree(answer.body());
  }

  private static Tab signIn(String accessKey, String secret)
      throws IOException, InterruptedException {
    String body =
        JsonMapper.shared().writeValueAsString(Map.of("accessKey", accessKey, "secretKey", secret));
    var answer = send("POST", "/api/session", body, "Content-Type", "application/json");
    JsonNode session = json(answer);
    String cookie = answer.headers().firstValue("set-cookie").orElseThrow();
    assertThat(cookie).contains("; HttpOnly; SameSite=Strict");
    return new Tab(cookie.substring(0, cookie.indexOf(';')), session.path("proof").asString());
  }

  private static Tab root() throws IOException, InterruptedException {
    return signIn(node.root().accessKey(), node.root().secret());
  }

  private static JsonNode user(Tab root, String name) throws IOException, InterruptedException {
    return json(of(root, "POST", "/api/admin/users", "{\"name\": \"%s\"}".formatted(name)));
  }

  private static Tab signIn(JsonNode key) throws IOException, InterruptedException {
    return signIn(key.path("accessKey").asString(), key.path("secretKey").asString());
  }

  @Test
  void pages_come_with_headers_that_bind_browsers() throws IOException, InterruptedException {
    var page = send("GET", "/", "");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
        .contains("require-trusted-types-for 'script'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("x-frame-options")).contains("DENY");
    assertThat(page.headers().firstValue("x-content-type-options")).contains("nosniff");
    assertThat(page.headers().firstValue("access-control-allow-origin")).isEmpty();
    String etag = page.headers().firstValue("etag").orElseThrow();
    assertThat(send("GET", "/", "", "If-None-Match", etag).statusCode()).isEqualTo(304);
    assertThat(send("GET", "/nothing", "").statusCode()).isEqualTo(404);
    assertThat(send("GET", "/../etc/passwd", "").statusCode()).isIn(400, 404);
    assertThat(send("OPTIONS", "/s3?path=%2F", "").statusCode()).isEqualTo(405);
  }

  @Test
  void anyone_sees_whether_all_is_well_and_no_more() throws IOException, InterruptedException {
    JsonNode status = json(send("GET", "/api/status", ""));
    assertThat(status.propertyNames())
        .containsExactlyInAnyOrder("live", "ready", "quorum", "whole");
    assertThat(json(send("GET", "/api/session", "")).propertyNames()).isEmpty();
  }

  @Test
  void each_route_wants_a_session_and_its_proof() throws IOException, InterruptedException {
    Tab tab = root();
    for (String route :
        new String[] {
          "GET /api/admin/status",
          "GET /api/admin/users",
          "POST /api/share",
          "DELETE /api/session",
          "PUT /s3?path=%2Fforged",
          "POST /api/admin/stop"
        }) {
      String method = route.substring(0, route.indexOf(' '));
      String target = route.substring(route.indexOf(' ') + 1);
      assertThat(send(method, target, "{}").statusCode()).as(route).isIn(400, 401);
      assertThat(send(method, target, "{}", "Cookie", tab.cookie()).statusCode())
          .as(route)
          .isEqualTo(403);
      var foreign =
          send(
              method,
              target,
              "{}",
              "Cookie",
              tab.cookie(),
              "X-Rondo-Proof",
              tab.proof(),
              "Origin",
              "http://127.0.0.1:" + node.s3Port());
      assertThat(foreign.statusCode()).as(route).isEqualTo(403);
    }
    assertThat(of(tab, "GET", "/api/session", "").body()).contains(tab.proof());
  }

  @Test
  void roles_decide_in_the_admin_api_and_policies_in_s3() throws IOException, InterruptedException {
    Tab root = root();
    Tab user = signIn(user(root, "plain"));
    JsonNode other = user(root, "watcher");
    json(of(root, "PUT", "/api/admin/users/watcher/role", "{\"role\": \"operator\"}"));
    Tab operator = signIn(other);
    assertThat(of(user, "GET", "/api/admin/status", "").statusCode()).isEqualTo(403);
    assertThat(of(user, "GET", "/api/admin/metrics", "").statusCode()).isEqualTo(403);
    assertThat(of(operator, "GET", "/api/admin/status", "").statusCode()).isEqualTo(200);
    assertThat(of(operator, "GET", "/api/admin/metrics", "").statusCode()).isEqualTo(200);
    assertThat(of(operator, "GET", "/api/admin/users", "").statusCode()).isEqualTo(403);
    assertThat(of(root, "PUT", "/s3?path=%2Froots-own", "").statusCode()).isEqualTo(200);
    assertThat(of(user, "GET", "/s3?path=%2Froots-own", "").statusCode()).isEqualTo(403);
    assertThat(of(user, "PUT", "/s3?path=%2Fmine", "").statusCode()).isEqualTo(200);
    assertThat(of(user, "GET", "/s3?path=%2F", "").body()).contains("mine").doesNotContain("roots");
  }

  @Test
  void a_session_ends_with_its_key_and_a_replay_does_nothing()
      throws IOException, InterruptedException {
    Tab root = root();
    JsonNode key = user(root, "leaver");
    Tab tab = signIn(key);
    assertThat(of(tab, "PUT", "/s3?path=%2Fleavers", "").statusCode()).isEqualTo(200);
    json(of(root, "DELETE", "/api/admin/keys/" + key.path("accessKey").asString(), ""));
    assertThat(of(tab, "GET", "/s3?path=%2Fleavers", "").body()).contains("InvalidToken");
    assertThat(of(tab, "POST", "/api/share", "{}").statusCode()).isEqualTo(401);

    Tab out = root();
    json(of(out, "DELETE", "/api/session", ""));
    assertThat(of(out, "GET", "/api/admin/status", "").statusCode()).isEqualTo(401);
    assertThat(of(out, "PUT", "/s3?path=%2Freplayed", "").statusCode()).isEqualTo(400);
  }

  @Test
  void objects_are_in_a_sandbox_whatever_they_are() throws IOException, InterruptedException {
    Tab tab = root();
    of(tab, "PUT", "/s3?path=%2Fsandbox", "");
    String target = "/s3?path=%2Fsandbox%2Fa%2F..%2Fpage.html";
    var put =
        send(
            "PUT",
            target,
            "<script>1</script>",
            "Cookie",
            tab.cookie(),
            "X-Rondo-Proof",
            tab.proof(),
            "Content-Type",
            "text/html");
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    var image = send("GET", target, "", "Cookie", tab.cookie(), "Sec-Fetch-Site", "same-origin");
    assertThat(image.body()).isEqualTo("<script>1</script>");
    assertThat(image.headers().firstValue("content-security-policy").orElse(""))
        .isEqualTo("default-src 'none'; frame-ancestors 'self'; sandbox");
    assertThat(image.headers().firstValue("x-content-type-options")).contains("nosniff");
    var page = send("GET", target, "", "Cookie", tab.cookie(), "Sec-Fetch-Site", "same-site");
    assertThat(page.statusCode()).isEqualTo(403);
    assertThat(page.headers().firstValue("content-security-policy").orElse("")).contains("sandbox");
    var part =
        send(
            "GET",
            target,
            "",
            "Cookie",
            tab.cookie(),
            "X-Rondo-Proof",
            tab.proof(),
            "Range",
            "bytes=1-6");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("script");
  }

  @Test
  void a_shared_link_gives_one_object_without_a_session() throws IOException, InterruptedException {
    Tab tab = root();
    of(tab, "PUT", "/s3?path=%2Fshared", "");
    of(tab, "PUT", "/s3?path=%2Fshared%2Fd%2F..%2Fk%20%2B", "hello");
    String body = "{\"bucket\": \"shared\", \"key\": \"d/../k +\", \"seconds\": %d}";
    JsonNode link = json(of(tab, "POST", "/api/share", body.formatted(60)));
    var request = HttpRequest.newBuilder(URI.create(link.path("url").asString())).build();
    assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo("hello");
    for (long seconds : new long[] {0, -1, 604_801}) {
      assertThat(of(tab, "POST", "/api/share", body.formatted(seconds)).statusCode())
          .isEqualTo(400);
    }
    String dots = "{\"bucket\": \"shared\", \"key\": \"..\", \"seconds\": 60}";
    assertThat(of(tab, "POST", "/api/share", dots).body()).contains("step");
    assertThat(of(tab, "POST", "/api/share", "{half").statusCode()).isEqualTo(400);
    assertThat(of(tab, "POST", "/api/share", "x".repeat(70_000)).statusCode()).isEqualTo(413);
  }

  @Test
  void who_guesses_waits() throws IOException, InterruptedException {
    String guess = "{\"accessKey\": \"a\", \"secretKey\": \"b\"}";
    int status = 0;
    for (int i = 0; i <= SignInThrottle.FREE && status != 429; i++) {
      status =
          send(
                  "POST",
                  "/api/session",
                  guess,
                  "Content-Type",
                  "application/json",
                  "X-Forwarded-For",
                  "203.0.113.9")
              .statusCode();
    }
    assertThat(status).isEqualTo(429);
  }
}
