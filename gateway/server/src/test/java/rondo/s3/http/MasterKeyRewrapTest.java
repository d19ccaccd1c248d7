package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A master key is replaced: everything that it sealed moves to the new one, and it can go. */
@Tag("node")
final class MasterKeyRewrapTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String SSE = "x-amz-server-side-encryption";
  private static final byte[] SMALL = random(1000);
  private static final byte[] PART = random(5 << 20);
  private static final String[] TOLD = {"etag", "last-modified", "x-amz-version-id", SSE};

  @TempDir Path folder;
  private RawClient client = new RawClient(0);
  private RawClient operator = new RawClient(0);

  /** What readers were told of each object, by its path. */
  private final Map<String, List<String>> before = new LinkedHashMap<>();

  private static byte[] random(int size) {
    var bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static String key(String name, int seed) {
    var key = new byte[32];
    Arrays.fill(key, (byte) seed);
    return name + "=" + Base64.getEncoder().encodeToString(key) + "\n";
  }

  private NodeProcess start(int... seeds) throws IOException {
    var lines = new StringBuilder();
    for (int seed : seeds) {
      lines.append(key("sse-s3", seed)).append(key("mine", seed));
    }
    Path file = folder.resolve("keys");
    Files.writeString(file, lines);
    NodeProcess node = TestNode.start(folder.resolve("data"), "--master-keys=" + file);
    client = new RawClient(node.s3Port());
    operator = RawClient.ofAdmin(node.adminPort());
    return node;
  }

  private RawClient.Answer done(String method, String path, byte[] body, String... headers)
      throws IOException {
    RawClient.Answer answer = client.send(method, path, body, headers);
    assertThat(answer.status()).as(answer.text()).isBetween(200, 204);
    return answer;
  }

  private String put(String path, byte[] body, String... headers) throws IOException {
    RawClient.Answer answer = done("PUT", path, body, headers);
    String version = answer.headers().get("x-amz-version-id");
    String read = version == null ? path : path + "?versionId=" + version;
    before.put(read, told(read));
    return Objects.requireNonNull(answer.headers().get("etag"));
  }

  private List<String> told(String path) throws IOException {
    RawClient.Answer got = client.get(path);
    assertThat(got.status()).as(path + ": " + got.text()).isEqualTo(200);
    var told = new ArrayList<String>();
    for (String header : TOLD) {
      told.add(String.valueOf(got.headers().get(header)));
    }
    told.add(RawClient.sha256(got.body().array()));
    return told;
  }

  private void assertAsBefore() throws IOException {
    for (Map.Entry<String, List<String>> object : before.entrySet()) {
      assertThat(told(object.getKey())).as(object.getKey()).isEqualTo(object.getValue());
    }
  }

  private String begin(String path) throws IOException {
    String begun = done("POST", path + "?uploads=", NOTHING).text();
    return begun.substring(begun.indexOf("<UploadId>") + 10, begun.indexOf("</UploadId>"));
  }

  private String part(String path, String id) throws IOException {
    RawClient.Answer answer = done("PUT", path + "?partNumber=1&uploadId=" + id, PART);
    return Objects.requireNonNull(answer.headers().get("etag"));
  }

  private void complete(String path, String id, String etag) throws IOException {
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>"
            + etag.replace("\"", "&quot;")
            + "</ETag></Part></CompleteMultipartUpload>";
    done("POST", path + "?uploadId=" + id, parts.getBytes(UTF_8));
    before.put(path, told(path));
  }

  private static String nonce() {
    return UUID.randomUUID().toString();
  }

  private JsonNode run(String order) throws IOException {
    RawClient.Answer begun =
        operator.send("POST", "/master-keys/" + order, NOTHING, "x-nonce", nonce());
    assertThat(begun.status()).as(begun.text()).isEqualTo(200);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    JsonNode view;
    do {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
      RawClient.Answer answer = operator.send("GET", "/master-keys", NOTHING, "x-nonce", nonce());
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      view = JsonMapper.shared().readTree(answer.text());
      assertThat(System.nanoTime()).as(answer.text()).isLessThan(end);
    } while (!List.of("DONE", "FAILED").contains(view.path("phase").asString()));
    assertThat(view.path("phase").asString()).isEqualTo("DONE");
    return view;
  }

  private static long rows(JsonNode view, String name, String standing) {
    long rows = 0;
    for (JsonNode key : view.path("keys")) {
      boolean asked =
          key.path("name").asString().equals(name)
              && key.path("standing").asString().equals(standing);
      rows += asked ? key.path("rows").asLong() : 0;
    }
    return rows;
  }

  private void write() throws IOException {
    done("PUT", "/plain", NOTHING);
    put("/plain/small", SMALL);
    put("/plain/large", PART);
    put("/plain/tagged", SMALL, "x-amz-tagging", "a=b", "x-amz-meta-name", "value");
    put("/plain/kms", SMALL, SSE, "aws:kms", SSE + "-aws-kms-key-id", "mine");
    put("/plain/dual", SMALL, SSE, "aws:kms:dsse", SSE + "-aws-kms-key-id", "mine");
    String id = begin("/plain/parts");
    complete("/plain/parts", id, part("/plain/parts", id));
    done("PUT", "/locked", NOTHING, "x-amz-bucket-object-lock-enabled", "true");
    for (int i = 1; i < 4; i++) {
      put("/locked/a", random(i));
    }
    put(
        "/locked/held",
        SMALL,
        "content-md5",
        Base64.getEncoder().encodeToString(Hashes.start("MD5").digest(SMALL)),
        "x-amz-object-lock-mode",
        "COMPLIANCE",
        "x-amz-object-lock-retain-until-date",
        Instant.now().plus(Duration.ofDays(2)).toString());
    done("DELETE", "/locked/a", NOTHING);
  }

  @Test
  void an_old_key_goes_once_no_row_names_it_and_objects_stay_what_they_were() throws IOException {
    String open;
    String etag;
    try (NodeProcess first = start(1)) {
      assertThat(first.s3Port()).isPositive();
      write();
      open = begin("/plain/open");
      etag = part("/plain/open", open);
      operator.send("POST", "/users", "{\"name\":\"otto\"}".getBytes(UTF_8));
    }
    try (NodeProcess both = start(2, 1)) {
      assertThat(both.s3Port()).isPositive();
      JsonNode counted = run("count");
      // Of SSE-S3: three small or large objects, the outer layer, four versions, two uploads, and
      // the object of one. The node's start may have resealed the user's secret already.
      assertThat(rows(counted, "sse-s3", "older")).isBetween(11L, 12L);
      assertThat(rows(counted, "mine", "older")).isEqualTo(2);
      assertThat(counted.path("rowsLeft").asLong()).isBetween(12L, 13L);
      assertAsBefore();
      JsonNode moved = run("rewrap");
      assertThat(moved.path("problems")).isEmpty();
      assertThat(moved.path("rowsResealed").asLong()).isBetween(12L, 13L);
      assertThat(moved.path("rowsLeft").asLong()).isZero();
      assertThat(rows(moved, "sse-s3", "older")).isZero();
      assertThat(rows(moved, "mine", "newest")).isEqualTo(2);
      assertAsBefore();
      assertThat(run("rewrap").path("rowsResealed").asLong()).isZero();
    }
    try (NodeProcess alone = start(2)) {
      assertThat(alone.s3Port()).isPositive();
      assertAsBefore();
      complete("/plain/open", open, etag);
      assertThat(client.get("/plain/open").body().length()).isEqualTo(PART.length);
      assertThat(client.get("/plain/tagged?tagging=").text()).contains("<Key>a</Key>");
      assertThat(client.get("/locked/held?retention=").text()).contains("COMPLIANCE");
      assertThat(client.get("/locked/a").status()).isEqualTo(404);
      assertThat(operator.send("GET", "/users", NOTHING).text()).contains("otto");
    }
  }

  @Test
  void a_row_whose_key_is_missing_is_told_and_the_rest_is_done() throws IOException {
    try (NodeProcess first = start(1)) {
      assertThat(first.s3Port()).isPositive();
      done("PUT", "/bucket", NOTHING);
      put("/bucket/mine", SMALL, SSE, "aws:kms", SSE + "-aws-kms-key-id", "mine");
    }
    try (NodeProcess second = start(2)) {
      assertThat(second.s3Port()).isPositive();
      put("/bucket/other", SMALL);
      JsonNode moved = run("rewrap");
      assertThat(moved.path("rowsLeft").asLong()).isEqualTo(1);
      assertThat(rows(moved, "mine", "missing")).isEqualTo(1);
      JsonNode problem = moved.path("problems").path(0);
      assertThat(problem.path("reason").asString()).contains("an older version of key mine");
      assertThat(problem.path("first").asString()).isEqualTo("bucket/mine");
    }
  }
}
