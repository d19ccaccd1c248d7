package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.PresignedUrl;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;

/** Undelete windows on a whole node. */
@Timeout(120)
@Tag("node")
final class UndeleteTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String AS_OF = "x-rondo-as-of";

  /** Larger than a row may be, so that its bytes are chunks. */
  private static final String LARGE = "large".repeat(10_000);

  private static final AtomicInteger ORDERS = new AtomicInteger();

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;
  private static RawClient admin;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"));
    client = new RawClient(node.s3Port());
    admin = RawClient.ofAdmin(node.adminPort());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void put(String path, String content) throws IOException {
    assertThat(client.send("PUT", path, content.getBytes(UTF_8)).status()).isEqualTo(200);
  }

  private static void bucket(String name, int days) throws IOException {
    put("/" + name, "");
    assertThat(window(name, days).status()).isEqualTo(200);
  }

  private static RawClient.Answer window(String name, int days) throws IOException {
    return order("PUT", "/v1/buckets/" + name + "/undelete-window", "{\"days\":" + days + "}");
  }

  private static RawClient.Answer order(String method, String path, String body)
      throws IOException {
    // The admin API answers the same signed request but once.
    String one = Integer.toString(ORDERS.incrementAndGet());
    return admin.send(method, path, body.getBytes(UTF_8), "x-order", one);
  }

  /** A time behind all that was written, and in front of all that will be. */
  private static String now() {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(2);
    while (!Instant.now().isAfter(now.plusMillis(1))) {
      Thread.onSpinWait();
    }
    return now.toString();
  }

  private static void restore(String bucket, String prefix, String asOf) throws IOException {
    String body = "{\"prefix\":\"%s\",\"asOf\":\"%s\"}".formatted(prefix, asOf);
    String job = order("POST", "/v1/buckets/" + bucket + "/restore", body).text();
    String id = job.replaceAll("(?s).*\"id\"\\s*:\\s*\"([^\"]+)\".*", "$1");
    String end = job;
    while (end.contains("running")) {
      Thread.onSpinWait();
      end = order("GET", "/v1/jobs/" + id, "").text();
    }
    assertThat(end).contains("done");
  }

  @Test
  void what_was_overwritten_and_deleted_is_read_listed_and_restored() throws IOException {
    bucket("window", 7);
    put("/window/a", LARGE);
    put("/window/d/b", "small");
    String then = now();
    put("/window/a", "new");
    assertThat(client.send("DELETE", "/window/d/b", NOTHING).status()).isEqualTo(204);
    put("/window/later", "x");

    RawClient.Answer read = client.get("/window/a", AS_OF, then);
    assertThat(read.text()).isEqualTo(LARGE);
    assertThat(read.headers()).doesNotContainKey("x-amz-version-id");
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.parse(now()).atOffset(ZoneOffset.UTC));
    assertThat(client.get("/window/a", AS_OF, date).status()).as(date).isIn(200, 400, 404);
    assertThat(head("/window/d/b", then)).isEqualTo(200);
    assertThat(head("/window/later", then)).isEqualTo(404);
    assertThat(client.get("/window/a", AS_OF, then, "range", "bytes=0-4").text())
        .isEqualTo("large");
    assertThat(client.get("/window?list-type=2", AS_OF, then).text())
        .contains("<Key>a</Key>", "<Key>d/b</Key>")
        .doesNotContain("later");
    assertThat(client.get("/window?delimiter=/&max-keys=1", AS_OF, then).text())
        .contains("<Key>a</Key>", "<IsTruncated>true</IsTruncated>");
    assertThat(client.get("/window?list-type=2&delimiter=/", AS_OF, then).text())
        .contains("<Prefix>d/</Prefix>");
    assertThat(client.get("/window?list-type=2").text()).contains("later").doesNotContain("d/b");
    assertThat(client.get("/window?versions").text())
        .contains("<VersionId>null</VersionId>")
        .doesNotContain("DeleteMarker", "d/b");
    assertThat(client.get("/window/later", AS_OF, then).text()).contains("NoSuchKey");

    restore("window", "", then);
    assertThat(client.get("/window/a").text()).isEqualTo(LARGE);
    assertThat(client.get("/window/d/b").text()).isEqualTo("small");
    assertThat(client.get("/window/later").text()).isEqualTo("x");
  }

  private static int head(String path, String asOf) throws IOException {
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(client.signed("HEAD", path, NOTHING, AS_OF, asOf));
      String line = new String(socket.getInputStream().readNBytes(12), UTF_8);
      return Integer.parseInt(line.substring("HTTP/1.1 ".length()));
    }
  }

  @Test
  void a_deleted_bucket_comes_back() throws IOException {
    bucket("lost", 7);
    put("/lost/a", LARGE);
    String then = now();
    client.send("DELETE", "/lost/a", NOTHING);
    assertThat(client.send("DELETE", "/lost", NOTHING).status()).isEqualTo(204);
    assertThat(client.get("/lost/a", AS_OF, then).text()).contains("NoSuchBucket");
    assertThat(order("GET", "/v1/deleted-buckets", "").text()).contains("\"lost\"");

    put("/lost", "");
    assertThat(order("POST", "/v1/deleted-buckets/lost/restore", "").status())
        .as("the name is taken")
        .isEqualTo(409);
    client.send("DELETE", "/lost", NOTHING);
    RawClient.Answer back = order("POST", "/v1/deleted-buckets/lost/restore", "");
    assertThat(back.status()).as(back.text()).isEqualTo(200);
    assertThat(client.get("/lost/a", AS_OF, then).text()).isEqualTo(LARGE);
    restore("lost", "", then);
    assertThat(client.get("/lost/a").text()).isEqualTo(LARGE);
    put("/lost/b", "the bucket takes writes");
    assertThat(order("POST", "/v1/deleted-buckets/lost/restore", "").status()).isEqualTo(404);
  }

  @Test
  void clients_see_a_bucket_without_versions() throws IOException {
    bucket("plain", 7);
    RawClient.Answer written = client.send("PUT", "/plain/a", "1".getBytes(UTF_8));
    assertThat(written.headers()).doesNotContainKey("x-amz-version-id");
    put("/plain/a", "2");
    assertThat(client.get("/plain/a?versionId=null").text()).isEqualTo("2");
    RawClient.Answer deleted = client.send("DELETE", "/plain/a?versionId=null", NOTHING);
    assertThat(deleted.status()).isEqualTo(204);
    assertThat(deleted.headers()).doesNotContainKey("x-amz-delete-marker");
    RawClient.Answer gone = client.get("/plain/a");
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.headers()).doesNotContainKeys("x-amz-delete-marker", "x-amz-version-id");
    assertThat(client.get("/plain/a?tagging").text()).contains("NoSuchKey");
    assertThat(
            client
                .send(
                    "PUT",
                    "/plain?versioning",
                    "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
                        .getBytes(UTF_8))
                .text())
        .contains("InvalidBucketState", "undelete window");
    assertThat(client.send("PUT", "/plain/a", NOTHING, "if-none-match", "*").status())
        .isEqualTo(200);
    assertThat(client.send("PUT", "/plain/a", NOTHING, "if-none-match", "*").status())
        .isEqualTo(412);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "yesterday",
        "1700000000",
        "2026-02-31T10:00:00Z",
        "31 Feb 2026 10:00:00 GMT",
        "2026-12-01T10:00:00",
        "2026-12-01",
        "2026-13-01T10:00:00Z",
        "2026-12-01T25:00:00Z",
        "+1000000000-01-01T00:00:00Z",
        "Mon, 01 Dec 2026 10:00:00 GMT",
        "1969-12-31T23:59:59Z",
        "2026-12-01T10:00:00+99:00"
      })
  void a_time_that_is_none_is_refused(String time) throws IOException {
    put("/times", "");
    RawClient.Answer answer = client.get("/times/a", AS_OF, time);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.text()).contains("InvalidArgument", AS_OF, "a time with its zone");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2020-01-01T00:00:00Z", "2020-01-01t02:00:00+02:00", "9999-01-01T00:00:00Z"})
  void a_time_that_is_not_in_the_window_is_refused(String time) throws IOException {
    bucket("reach", 1);
    assertThat(client.get("/reach/a", AS_OF, time).status()).isEqualTo(400);
    assertThat(client.get("/reach", AS_OF, time).text())
        .containsAnyOf("reaches back to", "in the future");
  }

  private static RawClient.Answer presigned(String path, String asOf, boolean signed)
      throws IOException {
    String host = "localhost:" + client.port();
    var headers = new ArrayList<>(List.of(Map.entry("host", host)));
    if (signed) {
      headers.add(Map.entry(AS_OF, asOf));
    }
    String query =
        new PresignedUrl(RawClient.ACCESS_KEY, RawClient.SECRET, "us-east-1")
            .query(
                new SignedRequest("GET", path, "", headers), Duration.ofMinutes(5), Instant.now());
    return client.unsigned("GET", path + "?" + query, NOTHING, "host", host, AS_OF, asOf);
  }

  @Test
  void a_link_to_an_object_is_none_to_what_it_was() throws IOException {
    bucket("links", 7);
    put("/links/a", "secret");
    String then = now();
    put("/links/a", "public");
    RawClient.Answer lifted = presigned("/links/a", then, false);
    assertThat(lifted.status()).isEqualTo(403);
    assertThat(lifted.text()).contains("has to be signed");
    assertThat(presigned("/links/a", then, true).text()).isEqualTo("secret");
  }

  @Test
  void only_reads_that_their_sender_signs_are_as_of_a_time() throws IOException {
    bucket("rights", 7);
    put("/rights/a", "1");
    String then = now();
    assertThat(client.send("PUT", "/rights/a", NOTHING, AS_OF, then).status()).isEqualTo(400);
    assertThat(client.get("/rights?versions", AS_OF, then).status()).isEqualTo(400);
    assertThat(client.get("/rights/a?versionId=null", AS_OF, then).status()).isEqualTo(400);
    assertThat(client.unsigned("GET", "/rights/a", NOTHING, AS_OF, then).status()).isEqualTo(403);
    assertThat(window("none", 7).status()).isEqualTo(404);
    assertThat(window("rights", 366).status()).isEqualTo(400);
    assertThat(
            order("POST", "/v1/buckets/rights/restore", "{\"asOf\":\"2026-02-31T00:00:00Z\"}")
                .status())
        .isEqualTo(400);
    put("/versions", "");
    client.send(
        "PUT",
        "/versions?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            .getBytes(UTF_8));
    assertThat(window("versions", 7).status()).isEqualTo(501);
    assertThat(client.get("/versions/a", AS_OF, then).text()).contains("versionId");
  }
}
