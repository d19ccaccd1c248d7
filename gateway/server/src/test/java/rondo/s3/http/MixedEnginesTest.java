package rondo.s3.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A cluster of whole nodes with different engines. */
@Timeout(180)
@Tag("process")
final class MixedEnginesTest {
  private static final byte[] NOTHING = new byte[0];
  private static final Pattern LISTED = Pattern.compile("<(?:Key|Prefix)>([^<]+)</");

  @TempDir Path folder = Path.of("");

  @Test
  void replicas_on_different_engines_agree_and_either_makes_the_quorum() throws IOException {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(TestNode.start(folder.resolve("n1")));
      nodes.add(joining(nodes.getFirst(), "n2", "rocksdb"));
      nodes.add(joining(nodes.getFirst(), "n3", "log"));
      awaitHolders(nodes, 3);
      assertThat(status(client(nodes.getFirst()).send("PUT", "/bucket", NOTHING))).isEqualTo(200);
      for (int i = 0; i < 30; i++) {
        write(client(nodes.get(i % 3)), i);
      }
      nodes.forEach(node -> check(client(node)));
      // Two nodes are left, one of each engine, so a quorum needs both.
      nodes.removeFirst().close();
      nodes.forEach(node -> check(client(node)));
      assertThat(status(put(client(nodes.getFirst()), "late/1", "late"))).isEqualTo(200);
      assertThat(client(nodes.getLast()).get("/bucket/late/1").text()).isEqualTo("late");
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  /** Writes a key; of each three keys one is written twice, and one deleted. */
  private static void write(RawClient client, int i) throws IOException {
    String key = "d%d/k%02d".formatted(i / 10, i);
    assertThat(status(put(client, key, "first"))).isEqualTo(200);
    if (i % 3 == 1) {
      assertThat(status(put(client, key, "second"))).isEqualTo(200);
    } else if (i % 3 == 2) {
      assertThat(status(client.send("DELETE", "/bucket/" + key, NOTHING))).isEqualTo(204);
    }
    var again = client.send("PUT", "/bucket/" + key, "new".getBytes(UTF_8), "if-none-match", "*");
    assertThat(again.status()).isEqualTo(i % 3 == 2 ? 200 : 412);
    if (i % 3 == 2) {
      assertThat(status(client.send("DELETE", "/bucket/" + key, NOTHING))).isEqualTo(204);
    }
  }

  private static void check(RawClient client) {
    try {
      var expected = new ArrayList<String>();
      for (int i = 0; i < 30; i++) {
        String key = "d%d/k%02d".formatted(i / 10, i);
        var answer = client.get("/bucket/" + key);
        assertThat(answer.status()).isEqualTo(i % 3 == 2 ? 404 : 200);
        if (i % 3 != 2) {
          assertThat(answer.text()).isEqualTo(i % 3 == 1 ? "second" : "first");
          expected.add(key);
        }
      }
      assertThat(listed(client.get("/bucket?list-type=2"))).isEqualTo(expected);
      assertThat(listed(client.get("/bucket?delimiter=%2F&list-type=2")))
          .containsExactly("d0/", "d1/", "d2/");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void a_folder_stays_with_the_engine_that_made_it() throws IOException {
    Path data = folder.resolve("data");
    try (NodeProcess node = TestNode.start(data, "--engine=rocksdb")) {
      await(node);
      assertThat(status(client(node).send("PUT", "/bucket", NOTHING))).isEqualTo(200);
      assertThat(status(put(client(node), "key", "kept"))).isEqualTo(200);
    }
    assertThatThrownBy(() -> TestNode.start(data).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("start with --engine rocksdb");
    try (NodeProcess node = TestNode.start(data, "--engine=rocksdb")) {
      await(node);
      assertThat(client(node).get("/bucket/key").text()).isEqualTo("kept");
    }
  }

  @Test
  void a_folder_from_before_there_was_a_choice_is_of_the_first_engine() throws IOException {
    Path data = folder.resolve("data");
    TestNode.start(data).close();
    Files.delete(data.resolve("engine.value"));
    assertThatThrownBy(() -> TestNode.start(data, "--engine=rocksdb").close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("start with --engine log");
    TestNode.start(data).close();
  }

  private NodeProcess joining(NodeProcess first, String name, String engine) {
    return TestNode.start(
        folder.resolve(name),
        "--engine=" + engine,
        "--join=127.0.0.1:" + first.nodePort(),
        "--token-file=" + folder.resolve("n1").resolve("join-token"));
  }

  private static RawClient client(NodeProcess node) {
    return new RawClient(node.s3Port());
  }

  private static RawClient.Answer put(RawClient client, String key, String text)
      throws IOException {
    return client.send("PUT", "/bucket/" + key, text.getBytes(UTF_8));
  }

  private static int status(RawClient.Answer answer) {
    return answer.status();
  }

  private static List<String> listed(RawClient.Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return LISTED.matcher(answer.text()).results().map(found -> found.group(1)).toList();
  }

  /** Waits until every node knows that {@code count} nodes hold data and no partition moves. */
  private static void awaitHolders(List<NodeProcess> nodes, int count) throws IOException {
    for (NodeProcess node : nodes) {
      JsonNode layout = layout(node);
      while (layout.path("holders").asInt() != count || layout.path("moving").asBoolean()) {
        pause();
        layout = layout(node);
      }
      await(node);
    }
  }

  private static JsonNode layout(NodeProcess node) throws IOException {
    String status = RawClient.ofAdmin(node.adminPort()).get("/status").text();
    return JsonMapper.shared().readTree(status).path("layout");
  }

  private static void await(NodeProcess node) {
    while (!node.trouble().isEmpty()) {
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
  }
}
