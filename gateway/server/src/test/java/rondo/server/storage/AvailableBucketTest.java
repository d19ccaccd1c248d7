package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.admin;
import static rondo.server.storage.NodeCalls.s3;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.OptionDefaultsTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whole nodes: one of them writes alone, and then the others write without it. */
@Timeout(120)
@Tag("process")
final class AvailableBucketTest {
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";

  /** Too large to be kept in a row. */
  private static final String LARGE = "0123456789".repeat(10_000);

  @TempDir Path folder = Path.of("");

  @Test
  void a_node_that_is_left_alone_takes_writes_that_nobody_loses() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1", 0, List.of()));
      nodes.add(start("n2", 0, joining(nodes.getFirst())));
      nodes.add(start("n3", 0, joining(nodes.getFirst())));
      nodes.forEach(AvailableBucketTest::awaitReady);
      awaitHolders(nodes.getFirst());
      prepare(nodes.getFirst());
      List<Integer> ports = nodes.stream().map(NodeProcess::nodePort).toList();

      nodes.removeLast().close();
      nodes.removeLast().close();
      assertThat(s3(nodes.getFirst(), "PUT", "/bkt/k", "alone")).startsWith("200");
      assertThat(s3(nodes.getFirst(), "GET", "/bkt/k", "")).isEqualTo("200 alone");
      assertThat(s3(nodes.getFirst(), "PUT", "/strict/k", "alone")).startsWith("503");
      assertThat(s3(nodes.getFirst(), "PUT", "/bkt/large", LARGE)).startsWith("200");
      assertThat(s3(nodes.getFirst(), "PUT", "/strict/large", LARGE)).startsWith("503");

      nodes.removeFirst().close();
      nodes.add(start("n2", ports.get(1), List.of()));
      nodes.add(start("n3", ports.get(2), List.of()));
      awaitWritten(nodes.getFirst());
      nodes.add(start("n1", ports.get(0), List.of()));

      String loser = awaitConflict(nodes.getFirst());
      awaitLarge(nodes.getFirst());
      assertThat(s3(nodes.getFirst(), "GET", "/bkt/k", "")).isEqualTo("200 together");
      assertThat(s3(nodes.getFirst(), "GET", "/bkt/k?versionId=" + loser, ""))
          .isEqualTo("200 alone");
      assertThat(s3(nodes.getFirst(), "DELETE", "/bkt/k?versionId=" + loser, "")).startsWith("204");
      assertThat(admin(nodes.getFirst(), "GET", "/conflicts/bkt", ""))
          .contains("\"conflicts\" : 0");
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private static void prepare(NodeProcess node) throws Exception {
    assertThat(s3(node, "PUT", "/bkt", "")).startsWith("200");
    assertThat(s3(node, "PUT", "/strict", "")).startsWith("200");
    assertThat(s3(node, "PUT", "/bkt?versioning", VERSIONED)).startsWith("200");
    assertThat(admin(node, "PUT", "/available/bkt", "")).contains("\"available\" : true");
    assertThat(s3(node, "PUT", "/bkt/k", "first")).startsWith("200");
  }

  private static void awaitReady(NodeProcess node) {
    while (!node.trouble().isEmpty()) {
      pause();
    }
  }

  private static void awaitHolders(NodeProcess node) throws Exception {
    JsonNode layout;
    do {
      pause();
      layout = JsonMapper.shared().readTree(admin(node, "GET", "/status", "")).path("layout");
    } while (layout.path("holders").asInt() < 3 || layout.path("moving").asBoolean());
  }

  private static void awaitWritten(NodeProcess node) throws Exception {
    while (!s3(node, "PUT", "/bkt/k", "together").startsWith("200")) {
      pause();
    }
  }

  private static void awaitLarge(NodeProcess node) throws Exception {
    while (!s3(node, "GET", "/bkt/large", "").equals("200 " + LARGE)) {
      pause();
    }
  }

  /** Waits until the node's write has arrived; returns the version that isn't served. */
  private static String awaitConflict(NodeProcess node) throws Exception {
    while (true) {
      JsonNode found = JsonMapper.shared().readTree(admin(node, "GET", "/conflicts/bkt", ""));
      if (found.path("conflicts").asInt() == 1) {
        return found.path("first").path(0).path("versions").path(1).asString();
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
  }

  private List<String> joining(NodeProcess first) {
    return List.of(
        "--join",
        "127.0.0.1:" + first.nodePort(),
        "--token-file",
        folder.resolve("n1").resolve(JoinToken.FILE).toString());
  }

  private NodeProcess start(String data, int nodePort, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.resolve(data).toString(), "--durability", "none"));
    arguments.addAll(List.of("--s3-listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"));
    arguments.addAll(List.of("--node-listen", "127.0.0.1:" + nodePort));
    arguments.addAll(more);
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }
}
