package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;

/** What every answer tells of the bucket that it is about, on a whole node. */
@Tag("node")
final class BucketFactsTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String REGION = "x-amz-bucket-region";

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"), "--website-domain=website.test");
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).headers())
        .containsEntry("x-amz-bucket-arn", "arn:aws:s3:::bucket");
    client.send("PUT", "/bucket/key", "k".getBytes(UTF_8));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** The head of an answer: HEAD tells a length, and sends nothing of it. */
  private static Map<String, String> head(byte[] request) throws IOException {
    try (var socket = client.connect()) {
      socket.getOutputStream().write(request);
      var head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = socket.getInputStream().read();
        assertThat(next).as("%s", head).isNotNegative();
        head.append((char) next);
      }
      var headers = new TreeMap<String, String>();
      for (String line : head.toString().split("\r\n", -1)) {
        int colon = line.indexOf(": ");
        if (colon > 0) {
          headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 2));
        }
      }
      headers.put("status", head.substring(9, 12));
      return headers;
    }
  }

  private static byte[] signed(
      String method, String path, String key, String secret, String region) {
    var fields = new ArrayList<Map.Entry<String, String>>();
    fields.add(Map.entry("host", "localhost"));
    int mark = path.indexOf('?');
    var request =
        new SignedRequest(
            method,
            mark < 0 ? path : path.substring(0, mark),
            mark < 0 ? "" : path.substring(mark + 1),
            fields);
    var text = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    new RequestSigner(key, secret, region)
        .sign(request, RawClient.sha256(NOTHING), Instant.now())
        .forEach(h -> text.append(h.getKey()).append(": ").append(h.getValue()).append("\r\n"));
    return text.append("\r\n").toString().getBytes(ISO_8859_1);
  }

  private static byte[] unsigned(String method, String path) {
    return (method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(ISO_8859_1);
  }

  @ParameterizedTest
  @CsvSource({
    "HEAD, /bucket",
    "GET, /bucket",
    "HEAD, /bucket/key",
    "GET, /bucket/none",
    "GET, /bucket?acl",
    "HEAD, /bucket/key?versionId=x",
    "DELETE, /bucket/key",
    "GET, /bucket/key?tagging"
  })
  void a_refusal_of_whoever_asks_names_the_region(String method, String path) throws IOException {
    List<byte[]> refused =
        List.of(
            signed(method, path, RawClient.ACCESS_KEY, RawClient.SECRET, "eu-west-9"),
            signed(method, path, "AKIANOBODY", RawClient.SECRET, "us-east-1"),
            signed(method, path, RawClient.ACCESS_KEY, "another", "us-east-1"),
            unsigned(method, path));
    for (byte[] request : refused) {
      Map<String, String> head = head(request);
      assertThat(head.get("status")).as("%s", new String(request, ISO_8859_1)).matches("40[03]");
      assertThat(head).containsEntry(REGION, "us-east-1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bucket",
        "/bucket?list-type=2",
        "/bucket?versions",
        "/bucket?tagging",
        "/bucket?location",
        "/bucket/key",
        "/bucket/none",
        "/bucket/key?tagging",
        "/bucket?max-keys=x",
        "/bucket/%FF",
        "/bucket/%C3%28?acl"
      })
  void answers_to_the_owner_name_the_region_once(String path) throws IOException {
    for (String method : List.of("GET", "HEAD")) {
      byte[] request = client.signed(method, path, NOTHING);
      assertThat(head(request)).containsEntry(REGION, "us-east-1");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/none-of-that-name", "/UPPER", "/none-of-that-name/key"})
  void what_is_no_bucket_has_no_region(String path) throws IOException {
    assertThat(head(client.signed("GET", path, NOTHING))).doesNotContainKey(REGION);
    assertThat(head(unsigned("HEAD", path))).doesNotContainKey(REGION);
  }

  @Test
  void a_key_that_is_none_is_of_a_bucket_all_the_same() throws IOException {
    byte[] request = client.signed("GET", "/bucket/" + "k".repeat(1025), NOTHING);
    Map<String, String> head = head(request);
    assertThat(head).containsEntry("status", "400").containsEntry(REGION, "us-east-1");
  }

  @Test
  void a_website_tells_no_region() throws IOException {
    byte[] request = "GET / HTTP/1.1\r\nHost: bucket.website.test\r\n\r\n".getBytes(ISO_8859_1);
    assertThat(client.exchange(request).headers()).doesNotContainKey(REGION);
  }

  @Test
  void a_bucket_that_was_deleted_has_no_region() throws IOException {
    client.send("PUT", "/brief", NOTHING);
    assertThat(head(client.signed("HEAD", "/brief", NOTHING))).containsEntry(REGION, "us-east-1");
    assertThat(client.send("DELETE", "/brief", NOTHING).status()).isEqualTo(204);
    assertThat(head(client.signed("HEAD", "/brief", NOTHING))).doesNotContainKey(REGION);
  }

  @ParameterizedTest
  @CsvSource({
    "/, false",
    "/?prefix=b, true",
    "/?max-buckets=1, true",
    "/?bucket-region=us-east-1, true",
    "/?continuation-token=, true"
  })
  void a_list_tells_regions_to_those_who_ask_for_some(String path, boolean told)
      throws IOException {
    String list = client.get(path).text();
    assertThat(list).contains("<BucketArn>arn:aws:s3:::bucket</BucketArn>");
    assertThat(list.contains("<BucketRegion>us-east-1</BucketRegion>")).isEqualTo(told);
  }

  @Test
  void owners_have_ids_and_those_who_began_uploads_names() throws IOException {
    String begun = client.send("POST", "/bucket/up?uploads", NOTHING).text();
    String id = begun.replaceAll("(?s).*<UploadId>(.*)</UploadId>.*", "$1");
    for (String path :
        List.of(
            "/",
            "/bucket",
            "/bucket?list-type=2&fetch-owner=true",
            "/bucket?versions",
            "/bucket?acl",
            "/bucket/key?acl")) {
      assertThat(client.get(path).text()).contains("<Owner><ID>").doesNotContain("DisplayName");
    }
    for (String path : List.of("/bucket?uploads", "/bucket/up?uploadId=" + id)) {
      assertThat(client.get(path).text())
          .containsPattern("<Initiator><ID>[^<]+</ID><DisplayName>[^<]+</DisplayName></Initiator>")
          .containsPattern("<Owner><ID>[^<]+</ID></Owner>");
    }
  }

  @Test
  void the_older_profile_names_owners() throws IOException {
    try (var older = TestNode.start(folder.resolve("older"), "--profile=compat")) {
      var tool = new RawClient(older.s3Port());
      tool.send("PUT", "/bucket", NOTHING);
      tool.send("PUT", "/bucket/key", NOTHING);
      for (String path : List.of("/", "/bucket", "/bucket?versions", "/bucket?acl")) {
        assertThat(tool.get(path).text()).contains("<DisplayName>");
      }
    }
  }

  @Test
  void a_bucket_has_a_bounded_number_of_open_uploads() throws IOException {
    try (NodeProcess small = TestNode.start(folder.resolve("few"), "--uploads-per-bucket=2")) {
      var owner = new RawClient(small.s3Port());
      assertThat(owner.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("POST", "/bucket/a?uploads", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("POST", "/bucket/a?uploads", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("POST", "/bucket/b?uploads", NOTHING).text()).contains("QuotaExceeded");
      assertThat(owner.send("PUT", "/bucket/b", NOTHING).status()).isEqualTo(200);
    }
  }

  @Test
  void an_account_has_a_bounded_number_of_buckets() throws IOException {
    try (NodeProcess small = TestNode.start(folder.resolve("small"), "--buckets-per-account=2")) {
      var owner = new RawClient(small.s3Port());
      assertThat(owner.send("PUT", "/bucket1", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("PUT", "/bucket2", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("PUT", "/bucket3", NOTHING).text()).contains("TooManyBuckets");
      assertThat(owner.send("PUT", "/bucket2", NOTHING).status()).isEqualTo(200);
      assertThat(owner.send("DELETE", "/bucket1", NOTHING).status()).isEqualTo(204);
      assertThat(owner.send("PUT", "/bucket3", NOTHING).status()).isEqualTo(200);
    }
  }
}
