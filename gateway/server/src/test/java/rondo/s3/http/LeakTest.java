package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.PresignedUrl;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;

/** Answers tell a caller nothing that the caller has no right to know. */
@Tag("node")
final class LeakTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String SESSION = "x-rondo-session";
  private static final String NOSNIFF = "x-content-type-options";

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient root;
  private static RawClient bob;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"), "--website-domain=web.test");
    root = new RawClient(node.s3Port());
    bob = TestUser.of(node, "bob").client();
    for (String path : List.of("/private", "/private/key", "/public", "/public/key")) {
      assertThat(root.send("PUT", path, NOTHING).status()).isEqualTo(200);
    }
    assertThat(root.send("DELETE", "/public?publicAccessBlock", NOTHING).status()).isEqualTo(204);
    String policy =
        """
        {"Statement": {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
         "Resource": "arn:aws:s3:::public/*"}}
        """;
    assertThat(root.send("PUT", "/public?policy", policy.getBytes(UTF_8)).status()).isEqualTo(204);
    String site =
        """
        <WebsiteConfiguration><IndexDocument><Suffix>i</Suffix></IndexDocument><RoutingRules>
        <RoutingRule><Condition><HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals>
        </Condition><Redirect><ReplaceKeyWith>other</ReplaceKeyWith></Redirect></RoutingRule>
        </RoutingRules></WebsiteConfiguration>
        """;
    assertThat(root.send("PUT", "/private?website", site.getBytes(UTF_8)).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /private/key",
    "HEAD, /private/key",
    "GET, /private/no-key",
    "GET, /private/key?tagging",
    "GET, /private/key?acl",
    "GET, /private/key?attributes",
    "PUT, /private/key?tagging",
    "PUT, /private/key?acl",
    "POST, /private/key?restore",
    "PUT, /private/key",
    "DELETE, /private/key",
    "GET, /private?versions",
    "GET, /private",
    "GET, /nowhere/key"
  })
  void a_refused_answer_has_no_session_token(String method, String path) throws IOException {
    byte[] body = path.contains("tagging") ? "<Tagging/>".getBytes(UTF_8) : NOTHING;
    for (RawClient.Answer answer :
        List.of(
            root.unsigned(method, path, body, SESSION, ""),
            bob.send(method, path, body, SESSION, ""))) {
      assertThat(answer.status()).isGreaterThanOrEqualTo(400);
      assertThat(answer.headers()).doesNotContainKey(SESSION);
    }
  }

  @Test
  void a_page_that_is_refused_or_leads_elsewhere_has_no_session_token() throws IOException {
    for (String key : List.of("/key", "/no-key")) {
      RawClient.Answer answer =
          root.unsigned("GET", key, NOTHING, "host", "private.web.test", SESSION, "");
      assertThat(answer.status()).isEqualTo(301);
      assertThat(answer.headers()).doesNotContainKey(SESSION);
    }
  }

  @Test
  void an_answer_that_is_not_refused_has_one() throws IOException {
    assertThat(root.get("/private/key", SESSION, "").headers()).containsKey(SESSION);
    assertThat(root.get("/private/no-key", SESSION, "").headers()).doesNotContainKey(SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-type",
        "content-language",
        "expires",
        "cache-control",
        "content-disposition",
        "content-encoding"
      })
  void headers_of_an_answer_are_chosen_by_signed_requests_alone(String name) throws IOException {
    String chosen = "response-" + name + "=text/html";
    for (String query : List.of(chosen, chosen.replace("response", "%72esponse"), chosen + "&x")) {
      for (String method : List.of("GET", "HEAD")) {
        RawClient.Answer refused = root.unsigned(method, "/public/key?" + query, NOTHING);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.headers().get(name)).isNotEqualTo("text/html");
      }
    }
    assertThat(root.unsigned("GET", "/public/key?" + chosen, NOTHING).text())
        .contains("<Code>InvalidRequest</Code>");
    assertThat(root.get("/private/key?" + chosen).headers()).containsEntry(name, "text/html");
    List<Map.Entry<String, String>> host = List.of(Map.entry("host", "localhost:" + node.s3Port()));
    var wanted =
        new SignedRequest("GET", "/private/key", "response-" + name + "=text%2Fhtml", host);
    String url =
        "/private/key?"
            + new PresignedUrl(RawClient.ACCESS_KEY, RawClient.SECRET, "us-east-1")
                .query(wanted, Duration.ofHours(1), Instant.now());
    assertThat(root.unsigned("GET", url, NOTHING).headers()).containsEntry(name, "text/html");
    assertThat(root.unsigned("GET", url.replace("html", "xml"), NOTHING).status()).isEqualTo(403);
  }

  @Test
  void a_browser_guesses_no_type_of_what_rondo_writes() throws IOException {
    for (RawClient.Answer answer :
        List.of(
            root.unsigned("GET", "/private/key", NOTHING),
            root.unsigned("GET", "/private/<script>", NOTHING),
            root.get("/private"),
            root.get("/public?policy"),
            root.exchange("nonsense\r\n\r\n".getBytes(UTF_8)))) {
      assertThat(answer.headers()).containsEntry(NOSNIFF, "nosniff");
    }
    assertThat(root.get("/public/key").headers()).doesNotContainKey(NOSNIFF);
  }
}
