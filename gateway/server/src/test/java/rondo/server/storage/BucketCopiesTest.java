package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.OptionDefaultsTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole nodes with buckets whose numbers of copies aren't the cluster's. */
@Timeout(180)
@Tag("process")
final class BucketCopiesTest {
  private static final String LARGE = "0123456789".repeat(10_000);
  private static final int OBJECTS = 6;
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

  @TempDir Path folder = Path.of("");
  private final List<NodeProcess> nodes = new ArrayList<>();

  @Test
  void buckets_of_one_cluster_have_different_numbers_of_copies() throws Exception {
    try {
      start(3);
      assertThat(s3("PUT", "/one", "")).startsWith("200");
      assertThat(s3("PUT", "/usual", "")).startsWith("200");
      assertThat(admin("PUT", "/copies/one", "{\"n\": 1}")).contains("layout stage class 1");
      assertThat(admin("POST", "/layout/now", "{\"orders\": [\"class 1\"]}"))
          .contains("the layout has these orders now");
      assertThat(admin("GET", "/ring", "")).contains("buckets with 1 copies");
      assertThat(admin("PUT", "/copies/one", "{\"n\": 1}")).contains("\"copies\" : 1");
      awaitMoved("one", 1);

      fill("one");
      assertThat(stored()).isBetween(OBJECTS * 100_000L, OBJECTS * 101_000L);
      fill("usual");
      assertThat(stored()).isBetween(4 * OBJECTS * 100_000L, 4 * OBJECTS * 101_000L);
      check("one");
      check("usual");
      copyFromOneToUsual();

      nodes.removeLast().close();
      check("usual");
      assertThat(s3("PUT", "/usual/more", LARGE)).startsWith("200");
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  /** A copy shares blobs only if they have the target bucket's number of copies. */
  private void copyFromOneToUsual() throws Exception {
    long before = stored();
    assertThat(copy("one/0", "one/copy")).startsWith("200");
    assertThat(stored()).isEqualTo(before);
    assertThat(copy("one/0", "usual/copy")).startsWith("200");
    assertThat(stored()).isBetween(before + 300_000, before + 303_000);
    assertThat(s3("GET", "/usual/copy", "")).isEqualTo("200 " + LARGE);
  }

  private String copy(String from, String to) throws IOException, InterruptedException {
    var source = List.of(Map.entry("x-amz-copy-source", "/" + from));
    return NodeCalls.s3(nodes.getFirst(), "PUT", "/" + to, "", source);
  }

  @Test
  void copies_of_a_bucket_change_while_clients_write() throws Exception {
    try {
      start(3);
      assertThat(s3("PUT", "/bucket", "")).startsWith("200");
      assertThat(admin("POST", "/layout/now", "{\"orders\": [\"class 1\"]}"))
          .contains("the layout has these orders now");
      assertThat(admin("PUT", "/copies/bucket", "{\"n\": 1}")).contains("\"copies\" : 1");
      awaitMoved("bucket", 1);
      fill("bucket");

      var acknowledged = new ConcurrentSkipListSet<String>();
      var done = new AtomicBoolean();
      Thread writer = Thread.ofVirtual().start(() -> write(acknowledged, done));
      assertThat(admin("PUT", "/copies/bucket", "{\"n\": 0}")).contains("\"copies\" : 3");
      awaitMoved("bucket", 3);
      done.set(true);
      writer.join();
      while (usage("bucket").path("objectsToCopy").asLong() > 0) {
        pause();
      }

      nodes.removeLast().close();
      check("bucket");
      assertThat(acknowledged).isNotEmpty();
      for (String key : acknowledged) {
        assertThat(s3("GET", "/bucket/" + key, "")).isEqualTo("200 " + key);
      }
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  @Test
  void all_versions_and_objects_of_many_parts_are_copied() throws Exception {
    try {
      start(1);
      assertThat(s3("PUT", "/bucket", "")).startsWith("200");
      assertThat(s3("PUT", "/bucket?versioning", VERSIONED)).startsWith("200");
      for (int i = 0; i < 3; i++) {
        assertThat(s3("PUT", "/bucket/k", i + LARGE)).startsWith("200");
      }
      assertThat(s3("DELETE", "/bucket/k", "")).startsWith("204");
      multipart("/bucket/parts");
      List<String> ids = versions();
      assertThat(ids).hasSize(5);
      List<String> before = contents(ids);

      assertThat(admin("POST", "/layout/now", "{\"orders\": [\"class 1\"]}"))
          .contains("the layout has these orders now");
      assertThat(admin("PUT", "/copies/bucket", "{\"n\": 1}")).contains("\"copies\" : 1");
      assertThat(usage("bucket").path("objectsToCopy").asInt()).isPositive();
      while (usage("bucket").path("objectsToCopy").asInt() > 0) {
        pause();
      }
      assertThat(versions()).isEqualTo(ids);
      assertThat(contents(ids)).isEqualTo(before);
      assertThat(s3("GET", "/bucket/k", "")).startsWith("404");
      assertThat(s3("GET", "/bucket/parts", "")).isEqualTo("200 " + LARGE);
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private void multipart(String path) throws Exception {
    String begun = s3("POST", path + "?uploads=", "");
    String upload = begun.replaceAll("(?s).*<UploadId>(.*?)</UploadId>.*", "$1");
    assertThat(s3("PUT", path + "?partNumber=1&uploadId=" + upload, LARGE)).startsWith("200");
    String etag =
        HexFormat.of()
            .formatHex(Hashes.start("MD5").digest(LARGE.getBytes(StandardCharsets.UTF_8)));
    String parts =
        "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>%s</ETag></Part></CompleteMultipartUpload>"
            .formatted(etag);
    assertThat(s3("POST", path + "?uploadId=" + upload, parts)).startsWith("200");
  }

  private List<String> versions() throws Exception {
    return Pattern.compile("<VersionId>(.*?)</VersionId>")
        .matcher(s3("GET", "/bucket?versions=", ""))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private List<String> contents(List<String> ids) throws Exception {
    var contents = new ArrayList<String>();
    for (String id : ids) {
      String answer = s3("GET", "/bucket/k?versionId=" + id, "");
      contents.add(answer.startsWith("200") ? answer : answer.substring(0, 3));
    }
    return contents;
  }

  private void write(ConcurrentSkipListSet<String> acknowledged, AtomicBoolean done) {
    for (int i = 0; !done.get(); i++) {
      try {
        if (s3("PUT", "/bucket/w" + i, "w" + i).startsWith("200")) {
          acknowledged.add("w" + i);
        }
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private void fill(String bucket) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3("PUT", "/" + bucket + "/" + i, LARGE)).startsWith("200");
      assertThat(s3("PUT", "/" + bucket + "/small" + i, "small " + i)).startsWith("200");
    }
  }

  private void check(String bucket) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3("GET", "/" + bucket + "/" + i, "")).isEqualTo("200 " + LARGE);
      assertThat(s3("GET", "/" + bucket + "/small" + i, "")).isEqualTo("200 small " + i);
    }
  }

  /** The bytes of chunks on all nodes. */
  private long stored() throws Exception {
    long bytes = 0;
    for (NodeProcess node : nodes) {
      bytes += json(node, "/status").path("extents").path("liveBytes").asLong();
    }
    return bytes;
  }

  /** Waits until the bucket's rows have that many copies. */
  private void awaitMoved(String bucket, int copies) throws Exception {
    JsonNode shards;
    do {
      pause();
      shards = json(nodes.getFirst(), "/shards/" + bucket).path("shards");
    } while (shards.isEmpty() || !hasAll(shards, copies));
    assertThat(usage(bucket).path("shardsToMove").asLong()).isZero();
    assertThat(usage(bucket).path("n").asInt()).isEqualTo(copies);
  }

  private static boolean hasAll(JsonNode shards, int copies) {
    for (JsonNode shard : shards) {
      if (shard.path("owners").size() != copies) {
        return false;
      }
    }
    return true;
  }

  private JsonNode usage(String bucket) throws Exception {
    return json(nodes.getFirst(), "/usage/" + bucket);
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
  }

  private void start(int count) throws Exception {
    nodes.add(start("n1", List.of()));
    for (int i = 2; i <= count; i++) {
      nodes.add(
          start(
              "n" + i,
              List.of(
                  "--join",
                  "127.0.0.1:" + nodes.getFirst().nodePort(),
                  "--token-file",
                  folder.resolve("n1").resolve(JoinToken.FILE).toString())));
    }
    JsonNode layout;
    do {
      pause();
      layout = json(nodes.getFirst(), "/status").path("layout");
    } while (layout.path("holders").asInt() < count
        || layout.path("moving").asBoolean()
        || nodes.stream().anyMatch(node -> !node.trouble().isEmpty()));
  }

  private NodeProcess start(String data, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.resolve(data).toString(), "--durability", "none"));
    for (String port : List.of("--s3-listen", "--admin-listen", "--node-listen")) {
      arguments.addAll(List.of(port, "127.0.0.1:0"));
    }
    arguments.addAll(more);
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }

  private String s3(String method, String path, String body)
      throws IOException, InterruptedException {
    return NodeCalls.s3(nodes.getFirst(), method, path, body, List.of());
  }

  private String admin(String method, String path, String body)
      throws IOException, InterruptedException {
    return NodeCalls.admin(nodes.getFirst(), method, path, body);
  }

  private static JsonNode json(NodeProcess node, String path) throws Exception {
    return JsonMapper.shared().readTree(NodeCalls.admin(node, "GET", path, ""));
  }
}
