package rondo.server.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.server.storage.NodeCalls;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node alone in its cluster whose log rots while it is down: no other node can be asked. */
@Timeout(200)
@Tag("process")
final class AcceptedLossTest {
  private static final int OBJECTS = 12;
  private static final int LOST = 5;

  @TempDir Path folder = Path.of("");

  @Test
  void a_node_that_nobody_can_refill_refuses_until_its_loss_is_accepted() throws Exception {
    try (NodeProcess node = start()) {
      await(node, "/health/ready");
      assertThat(s3(node, "PUT", "/bkt", "")).startsWith("200");
      for (int i = 0; i < OBJECTS; i++) {
        assertThat(s3(node, "PUT", key(i), "text " + i)).startsWith("200");
      }
      await(node, "/health/whole");
    }
    rot();
    try (NodeProcess node = start()) {
      await(node, "/health/ready");
      assertThat(admin(node, "GET", "/health/whole", "")).startsWith("503");
      assertThat(s3(node, "GET", key(0), "")).startsWith("503");
      JsonNode losses = losses(node);
      while (losses.path("rebuildable").asBoolean()) {
        pause();
        losses = losses(node);
      }
      assertThat(losses.path("ranges").isEmpty()).isFalse();
      String order = "{\"accept\": \"%s\"}";
      assertThat(admin(node, "POST", "/losses", order.formatted("another"))).startsWith("400");
      String self = losses.path("node").asString();
      assertThat(admin(node, "POST", "/losses", order.formatted(self))).startsWith("200");
      await(node, "/health/whole");
      check(node);
      assertThat(admin(node, "POST", "/losses", order.formatted(self))).startsWith("400");
    }
    try (NodeProcess node = start()) {
      await(node, "/health/whole");
      check(node);
    }
  }

  private static String key(int i) {
    return "/bkt/key%04d".formatted(i);
  }

  private static void check(NodeProcess node) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      String expected = i == LOST ? "404" : "200 text " + i;
      assertThat(s3(node, "GET", key(i), "")).startsWith(expected);
    }
  }

  /** Flips a bit in the log, where an object's row stands. */
  private void rot() throws IOException {
    int rotten = 0;
    try (var files = Files.list(folder.resolve("metadata"))) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        String text = Files.readString(log, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf("key%04d".formatted(LOST));
        if (at >= 0) {
          try (var file = new RandomAccessFile(log.toFile(), "rw")) {
            file.seek(at);
            file.write('K');
          }
          rotten++;
        }
      }
    }
    assertThat(rotten).isPositive();
  }

  private NodeProcess start() {
    var arguments =
        List.of(
            "--data",
            folder.toString(),
            "--durability",
            "none",
            "--s3-listen",
            "127.0.0.1:0",
            "--admin-listen",
            "127.0.0.1:0",
            "--node-listen",
            "127.0.0.1:0",
            "--rebuild-wait",
            "10s");
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }

  private static JsonNode losses(NodeProcess node) throws Exception {
    String answer = admin(node, "GET", "/losses", "");
    assertThat(answer).startsWith("200");
    return JsonMapper.shared().readTree(answer.substring(answer.indexOf(' ') + 1));
  }

  private static void await(NodeProcess node, String path) throws Exception {
    while (!admin(node, "GET", path, "").startsWith("200")) {
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private static String s3(NodeProcess node, String method, String path, String body)
      throws Exception {
    return NodeCalls.call(node, node.s3Port(), method, path, body);
  }

  private static String admin(NodeProcess node, String method, String path, String body)
      throws Exception {
    return NodeCalls.call(node, node.adminPort(), method, path, body);
  }
}
