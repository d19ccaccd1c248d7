package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.value.Bytes;
import rondo.server.boot.NodeProcess;

/** RenameObject on a whole node. */
@Tag("node")
final class RenameTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String SOURCE = "x-amz-rename-source";
  private static final String TOKEN = "x-amz-client-token";

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder.resolve("data"));
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  private static void put(String path, byte[] body, String... headers) throws IOException {
    assertThat(client.send("PUT", path, body, headers).status()).isEqualTo(200);
  }

  private static RawClient.Answer rename(String from, String to, String... headers)
      throws IOException {
    var all = new ArrayList<>(List.of(SOURCE, from));
    all.addAll(Arrays.asList(headers));
    return client.send("PUT", to + "?renameObject", NOTHING, all.toArray(String[]::new));
  }

  private static String etag(String path) throws IOException {
    return Objects.requireNonNull(client.get(path).headers().get("etag"));
  }

  private static byte[] body(int size) {
    byte[] body = new byte[size];
    new Random(size).nextBytes(body);
    return body;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 5_000_000})
  void an_object_keeps_all_that_it_is(int size) throws IOException {
    put(
        "/bucket/old-" + size,
        body(size),
        "x-amz-meta-a",
        "1",
        "x-amz-tagging",
        "t=v",
        "content-type",
        "text/x");
    RawClient.Answer before = client.get("/bucket/old-" + size);
    RawClient.Answer renamed = rename("/old-" + size, "/bucket/new%20name-" + size);
    assertThat(renamed.status()).isEqualTo(200);
    assertThat(renamed.text()).isEmpty();
    assertThat(client.get("/bucket/old-" + size).status()).isEqualTo(404);
    RawClient.Answer after = client.get("/bucket/new%20name-" + size);
    assertThat(after.body()).isEqualTo(Bytes.wrap(body(size)));
    for (String header :
        List.of("etag", "last-modified", "content-type", "x-amz-meta-a", "x-amz-tagging-count")) {
      assertThat(after.headers().get(header)).isEqualTo(before.headers().get(header));
    }
    assertThat(rename("new%20name-" + size, "/bucket/old-" + size).status()).isEqualTo(200);
    assertThat(client.get("/bucket/old-" + size).body()).isEqualTo(Bytes.wrap(body(size)));
  }

  @ParameterizedTest
  @CsvSource({
    "if-none-match, '*', 412",
    "if-none-match, etag, 501",
    "if-match, '\"other\"', 412",
    "if-modified-since, 'Fri, 01 Jan 2100 00:00:00 GMT', 412",
    "if-unmodified-since, 'Sat, 01 Jan 2000 00:00:00 GMT', 412",
    "x-amz-rename-source-if-match, other, 412",
    "x-amz-rename-source-if-none-match, '*', 412",
    "x-amz-rename-source-if-unmodified-since, 'Sat, 01 Jan 2000 00:00:00 GMT', 412",
    "x-amz-client-token, 'a b', 400"
  })
  void a_condition_that_fails_changes_nothing(String header, String value, int status)
      throws IOException {
    put("/bucket/c-from", "from".getBytes(UTF_8));
    put("/bucket/c-to", "to".getBytes(UTF_8));
    RawClient.Answer answer = rename("c-from", "/bucket/c-to", header, value);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("<Error>").doesNotContain("<Resource>");
    assertThat(client.get("/bucket/c-from").text()).isEqualTo("from");
    assertThat(client.get("/bucket/c-to").text()).isEqualTo("to");
  }

  /** A time in the future is none, so the latest that can stand against a source is its own. */
  @Test
  void a_source_has_to_be_modified_since() throws IOException {
    put("/bucket/m-from", "from".getBytes(UTF_8));
    String modified =
        Objects.requireNonNull(client.get("/bucket/m-from").headers().get("last-modified"));
    RawClient.Answer answer =
        rename("m-from", "/bucket/m-to", SOURCE + "-if-modified-since", modified);
    assertThat(answer.status()).isEqualTo(412);
    assertThat(client.get("/bucket/m-from").text()).isEqualTo("from");
    assertThat(client.get("/bucket/m-to").status()).isEqualTo(404);
    String future = "Fri, 01 Jan 2100 00:00:00 GMT";
    assertThat(rename("m-from", "/bucket/m-to", SOURCE + "-if-modified-since", future).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "none, /bucket/to, 404, NoSuchKey",
    "'', /bucket/to, 400, InvalidRequest",
    "/, /bucket/to, 400, InvalidArgument",
    "folder/, /bucket/to, 400, InvalidRequest",
    "there, /bucket/to/, 400, InvalidRequest",
    "there, /bucket/there, 400, InvalidRequest",
    "there, /no-such-bucket/to, 404, NoSuchBucket"
  })
  void an_impossible_rename_is_refused(String from, String to, int status, String code)
      throws IOException {
    put("/bucket/there", "there".getBytes(UTF_8));
    RawClient.Answer answer = rename(from, to);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("<Code>" + code + "</Code>").contains("<RequestId>");
    assertThat(client.get("/bucket/there").text()).isEqualTo("there");
    assertThat(client.get("/bucket/to").status()).isEqualTo(404);
  }

  @Test
  void conditions_that_hold_are_no_hindrance() throws IOException {
    put("/bucket/h-from", "from".getBytes(UTF_8));
    put("/bucket/h-to", "to".getBytes(UTF_8));
    String to = etag("/bucket/h-to");
    String from = etag("/bucket/h-from");
    assertThat(
            rename("h-from", "/bucket/h-to", "if-match", to, SOURCE + "-if-match", from).status())
        .isEqualTo(200);
    assertThat(client.get("/bucket/h-to").text()).isEqualTo("from");
    assertThat(rename("h-to", "/bucket/h-from", "if-none-match", "*").status()).isEqualTo(200);
  }

  @Test
  void a_retry_with_the_same_token_changes_nothing_more() throws IOException {
    put("/bucket/t-from", "1".getBytes(UTF_8));
    assertThat(rename("t-from", "/bucket/t-to", TOKEN, "once", "if-none-match", "*").status())
        .isEqualTo(200);
    put("/bucket/t-from", "2".getBytes(UTF_8));
    assertThat(rename("t-from", "/bucket/t-to", TOKEN, "once", "if-none-match", "*").status())
        .isEqualTo(200);
    assertThat(client.get("/bucket/t-from").text()).isEqualTo("2");
    assertThat(client.get("/bucket/t-to").text()).isEqualTo("1");
    RawClient.Answer other = rename("t-from", "/bucket/t-to", TOKEN, "once");
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text()).contains("<Code>IdempotencyParameterMismatch</Code>");
    assertThat(rename("t-from", "/bucket/t-to", TOKEN, "twice").status()).isEqualTo(200);
    assertThat(client.get("/bucket/t-to").text()).isEqualTo("2");
  }

  @Test
  void where_versions_are_kept_both_names_have_theirs() throws IOException {
    put("/versions", NOTHING);
    put(
        "/versions?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
            .getBytes(UTF_8));
    put("/versions/a", body(50_000));
    RawClient.Answer renamed = rename("a", "/versions/b");
    assertThat(renamed.headers()).containsKey("x-amz-version-id");
    assertThat(client.get("/versions/a").headers()).containsEntry("x-amz-delete-marker", "true");
    assertThat(client.get("/versions/b").body()).isEqualTo(Bytes.wrap(body(50_000)));
    assertThat(client.get("/versions?versions").text())
        .containsOnlyOnce("<DeleteMarker>")
        .contains("<Key>a</Key>")
        .contains("<Key>b</Key>");
  }

  @Test
  void of_concurrent_renames_one_name_is_left() throws Exception {
    put("/bucket/r0", body(100_000));
    var all = new ArrayList<Callable<Integer>>();
    for (int i = 1; i <= 16; i++) {
      String to = "/bucket/r" + i;
      all.add(() -> rename("r0", to, "if-none-match", "*").status());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(all)) {
        assertThat(status.get()).isIn(200, 404, 409, 503);
      }
    }
    assertThat(client.get("/bucket/r0").status()).isEqualTo(404);
    int left = 0;
    for (int i = 1; i <= 16; i++) {
      RawClient.Answer answer = client.get("/bucket/r" + i);
      left += answer.status() == 200 ? 1 : 0;
      assertThat(answer.status() == 200 ? answer.body() : Bytes.wrap(body(100_000)))
          .isEqualTo(Bytes.wrap(body(100_000)));
    }
    assertThat(left).isPositive();
  }
}
