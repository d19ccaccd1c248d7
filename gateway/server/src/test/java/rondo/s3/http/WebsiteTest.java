package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.server.boot.NodeProcess;

/** Buckets served as websites on a whole node. */
@Tag("node")
final class WebsiteTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"), "--website-domain=website.test");
    client = new RawClient(node.s3Port());
    bucket("site");
    website(
        "site",
        "<IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
            + "<ErrorDocument><Key>error.html</Key></ErrorDocument><RoutingRules>"
            + rule("<KeyPrefixEquals>old/</KeyPrefixEquals>", prefix("new/"))
            + rule(
                "<KeyPrefixEquals>gone/</KeyPrefixEquals>"
                    + "<HttpErrorCodeReturnedEquals>404</HttpErrorCodeReturnedEquals>",
                "<HostName>else.test</HostName><Protocol>https</Protocol>"
                    + "<HttpRedirectCode>307</HttpRedirectCode>"
                    + "<ReplaceKeyWith>lost?why=gone</ReplaceKeyWith>")
            + "</RoutingRules>");
    put("/site/index.html", "home", "content-type", "text/html");
    put("/site/error.html", "sorry", "content-type", "text/html");
    put("/site/docs/index.html", "docs");
    put("/site/gone/there", "still there");
    put("/site//else.test/index.html", "a key that begins with a slash");
    put("/site/what%3F%23%25/index.html", "a key with what URLs have for other things");
    put("/site/a%20b", "spaced");
    put("/site/moved", "", "x-amz-website-redirect-location", "/docs/");
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** Makes a bucket that anonymous clients may read and list. */
  private static void bucket(String name) throws IOException {
    send("PUT", "/" + name, "");
    assertThat(client.send("DELETE", "/" + name + "?publicAccessBlock", NOTHING).status())
        .isEqualTo(204);
    String policy =
        """
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
         "Action": ["s3:GetObject", "s3:ListBucket"],
         "Resource": ["arn:aws:s3:::%1$s", "arn:aws:s3:::%1$s/*"]},
         {"Effect": "Deny", "Principal": "*", "Action": "s3:GetObject",
          "Resource": "arn:aws:s3:::%1$s/secret"}]}\
        """
            .formatted(name);
    assertThat(client.send("PUT", "/" + name + "?policy", policy.getBytes(UTF_8)).status())
        .isEqualTo(204);
  }

  private static void website(String bucket, String settings) throws IOException {
    send(
        "PUT",
        "/" + bucket + "?website",
        "<WebsiteConfiguration>" + settings + "</WebsiteConfiguration>");
  }

  private static String rule(String condition, String redirect) {
    return "<RoutingRule><Condition>"
        + condition
        + "</Condition><Redirect>"
        + redirect
        + "</Redirect></RoutingRule>";
  }

  private static String prefix(String replacement) {
    return "<ReplaceKeyPrefixWith>" + replacement + "</ReplaceKeyPrefixWith>";
  }

  private static void put(String path, String body, String... headers) throws IOException {
    assertThat(client.send("PUT", path, body.getBytes(UTF_8), headers).status()).isEqualTo(200);
  }

  private static void send(String method, String path, String body) throws IOException {
    assertThat(client.send(method, path, body.getBytes(UTF_8)).status()).isEqualTo(200);
  }

  private static RawClient.Answer browse(String bucket, String path, String... headers)
      throws IOException {
    return ask("GET", bucket, path, headers);
  }

  private static RawClient.Answer ask(String method, String bucket, String path, String... headers)
      throws IOException {
    var head =
        new StringBuilder(
            method + " " + path + " HTTP/1.1\r\nHost: " + bucket + ".website.test:80\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return client.exchange(head.append("\r\n").toString().getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @CsvSource({
    "/, 200, home",
    "/index.html, 200, home",
    "/docs/, 200, docs",
    "/gone/there, 200, still there",
    "/a%20b, 200, spaced",
    "/?versionId=x&acl, 200, home",
    "/nothing, 404, sorry",
    "/nothing/, 404, sorry",
    "/secret, 403, sorry"
  })
  void a_page_is_an_object(String path, int status, String body) throws IOException {
    RawClient.Answer answer = browse("site", path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource({
    "/docs, 302, /docs/",
    "//else.test, 302, /%2Felse.test/",
    "/what%3F%23%25, 302, /what%3F%23%25/",
    "/old/a%3Fb%23c, 301, http://site.website.test:80/new/a%3Fb%23c",
    "/old/x%20y/z, 301, http://site.website.test:80/new/x%20y/z",
    "/gone/x, 307, https://else.test/lost?why=gone",
    "/moved, 301, /docs/"
  })
  void a_page_may_be_elsewhere(String path, int status, String location) throws IOException {
    RawClient.Answer answer = browse("site", path);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.headers()).containsEntry("location", location);
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void a_signed_request_is_anonymous() throws IOException {
    send("PUT", "/private", "");
    website("private", "<IndexDocument><Suffix>i</Suffix></IndexDocument>");
    put("/private/i", "for the owner");
    RawClient.Answer answer = browse("private", "/", "Authorization: AWS4-HMAC-SHA256 Nonsense");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).containsEntry("x-amz-error-code", "AccessDenied");
    assertThat(answer.text()).startsWith("<html>").contains("<li>Code: AccessDenied</li>");
  }

  @Test
  void errors_are_html() throws IOException {
    RawClient.Answer none = browse("no-such-bucket", "/<b>");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.headers()).containsEntry("content-type", "text/html; charset=utf-8");
    assertThat(none.text()).contains("404 Not Found").contains("Code: NoSuchBucket");
    send("PUT", "/plain", "");
    assertThat(browse("plain", "/").text()).contains("Code: NoSuchWebsiteConfiguration");
    assertThat(ask("POST", "site", "/", "Content-Length: 0").status()).isEqualTo(405);
    bucket("broken");
    website(
        "broken",
        "<IndexDocument><Suffix>i</Suffix></IndexDocument>"
            + "<ErrorDocument><Key>none</Key></ErrorDocument>");
    assertThat(browse("broken", "/%3Cb%3E").text())
        .contains("<li>Key: &lt;b&gt;</li>")
        .contains("Retrieve a Custom Error Document")
        .contains("<li>Key: none</li>");
  }

  @Test
  void all_requests_may_go_elsewhere() throws IOException {
    bucket("away");
    website(
        "away", "<RedirectAllRequestsTo><HostName>example.com</HostName></RedirectAllRequestsTo>");
    RawClient.Answer answer = ask("HEAD", "away", "/a/b%0d%0aSet-Cookie:%20x?q=1");
    assertThat(answer.status()).isEqualTo(301);
    assertThat(answer.headers())
        .containsEntry("location", "http://example.com/a/b%0D%0ASet-Cookie:%20x")
        .doesNotContainKey("set-cookie");
  }

  @Test
  void an_error_document_may_be_elsewhere() throws IOException {
    bucket("moved");
    website(
        "moved",
        "<IndexDocument><Suffix>i</Suffix></IndexDocument>"
            + "<ErrorDocument><Key>error</Key></ErrorDocument><RoutingRules>"
            + rule("<HttpErrorCodeReturnedEquals>403</HttpErrorCodeReturnedEquals>", prefix("a"))
            + "</RoutingRules>");
    put("/moved/error", "", "x-amz-website-redirect-location", "https://errors.test/all");
    put("/moved/i", "", "x-amz-website-redirect-location", "/there");
    for (String method : List.of("GET", "HEAD")) {
      for (String path : List.of("/none", "/none/", "/i/none?x=y")) {
        RawClient.Answer answer = ask(method, "moved", path, "If-None-Match: *", "Range: bytes=9-");
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.headers()).containsEntry("location", "https://errors.test/all");
        assertThat(answer.text()).isEmpty();
      }
      assertThat(ask(method, "moved", "/").headers()).containsEntry("location", "/there");
    }
    assertThat(browse("moved", "/secret").headers().get("location")).endsWith("/asecret");
  }

  @Test
  void conditions_and_ranges_are_those_of_objects() throws IOException {
    String etag = browse("site", "/").headers().get("etag");
    assertThat(browse("site", "/", "If-None-Match: " + etag).status()).isEqualTo(304);
    RawClient.Answer part = browse("site", "/", "Range: bytes=1-2");
    assertThat(part.status()).isEqualTo(206);
    assertThat(part.text()).isEqualTo("om");
    RawClient.Answer missing = browse("site", "/no", "Range: bytes=1-2", "If-None-Match: *");
    assertThat(missing.status()).isEqualTo(404);
    assertThat(missing.text()).isEqualTo("sorry");
  }

  @Test
  void a_bucket_is_no_website_any_more() throws IOException {
    bucket("was");
    assertThat(client.get("/was?website").text()).contains("NoSuchWebsiteConfiguration");
    website("was", "<IndexDocument><Suffix>i</Suffix></IndexDocument>");
    assertThat(client.get("/was?website").text())
        .contains("<IndexDocument><Suffix>i</Suffix></IndexDocument>");
    assertThat(client.send("DELETE", "/was?website", NOTHING).status()).isEqualTo(204);
    assertThat(client.get("/was?website").status()).isEqualTo(404);
    assertThat(browse("was", "/").text()).contains("NoSuchWebsiteConfiguration");
  }

  @Test
  void an_object_can_t_send_browsers_just_anywhere() throws IOException {
    RawClient.Answer answer =
        client.send(
            "PUT", "/site/x", NOTHING, "x-amz-website-redirect-location", "javascript:alert(1)");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("<Code>InvalidRedirectLocation</Code>");
    assertThat(client.get("/site/x").status()).isEqualTo(404);
  }
}
