package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.call;
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
import rondo.server.cli.option.ServerOptions;

/** What a node says while others are gone: to a balancer, to an operator and to its clients. */
@Timeout(180)
@Tag("node")
final class LostNodesTest {
  private static final String VERSIONED =
      "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
  private static final String LARGE = "0123456789".repeat(10_000);

  @TempDir Path folder = Path.of("");

  @Test
  void a_node_without_quorums_is_unready_and_says_why() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1", List.of()));
      NodeProcess first = nodes.getFirst();
      nodes.add(start("n2", joining(first)));
      nodes.add(start("n3", joining(first)));
      String layout = "";
      while (!layout.contains("\"holders\" : 3") || !layout.contains("\"moving\" : false")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        layout = health(first, "/status");
      }
      for (String question : List.of("live", "ready", "quorum", "whole")) {
        await(first, "/health/" + question, "200");
      }
      assertThat(s3(first, "PUT", "/bkt", "")).startsWith("200");
      assertThat(s3(first, "PUT", "/bkt?versioning", VERSIONED)).startsWith("200");
      assertThat(s3(first, "PUT", "/bkt/small", "small")).startsWith("200");
      assertThat(s3(first, "PUT", "/bkt/large", LARGE)).startsWith("200");

      nodes.removeLast().close();
      while (!health(first, "/health/whole").contains("give no answer")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(health(first, "/health/whole")).startsWith("503");
      assertThat(health(first, "/health/ready")).startsWith("200");
      assertThat(health(first, "/health/quorum")).startsWith("200");

      nodes.removeLast().close();
      await(first, "/health/quorum", "503");
      assertThat(health(first, "/health/quorum")).contains("can't be read", "can't be written");
      assertThat(health(first, "/health/ready")).startsWith("503").contains("--ready-quorums");
      assertThat(health(first, "/health/live")).startsWith("200");
      assertThat(health(first, "/metrics"))
          .contains("question=\"quorum\"} 0.0", "rondo_ready 0.0")
          .contains("question=\"ready\",reason=\"quorums-lost\"}");
      long began = System.nanoTime();
      assertThat(s3(first, "PUT", "/bkt/k", "body"))
          .startsWith("503")
          .contains("<Code>ServiceUnavailable</Code>", "1 of 3, where 2 are needed");
      assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(5));
      readsOfOneReplicaAreAnswered(first);
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private static void readsOfOneReplicaAreAnswered(NodeProcess survivor) throws Exception {
    assertThat(s3(survivor, "GET", "/bkt/small", "")).startsWith("503");
    assertThat(one(survivor, "/bkt/small")).isEqualTo("200 small");
    assertThat(one(survivor, "/bkt/large")).isEqualTo("200 " + LARGE);
    assertThat(one(survivor, "/bkt?list-type=2")).contains("<Key>large</Key>", "<Key>small</Key>");
    assertThat(one(survivor, "/bkt?versions")).startsWith("200").contains("<Key>small</Key>");
    assertThat(one(survivor, "/bkt?versioning")).contains("<Status>Enabled</Status>");
    assertThat(one(survivor, "/bkt?policy")).startsWith("404");
    assertThat(one(survivor, "/none/small")).startsWith("404");
  }

  private static String one(NodeProcess node, String path) throws Exception {
    return s3(node, "GET", path, "", List.of(Map.entry("x-rondo-consistency", "one")));
  }

  private static void await(NodeProcess node, String path, String status) throws Exception {
    while (!health(node, path).startsWith(status)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static String health(NodeProcess node, String path) throws Exception {
    return call(node, node.adminPort(), "GET", path, "");
  }

  private List<String> joining(NodeProcess first) {
    return NodeCalls.joining(first, folder.resolve("n1").resolve(JoinToken.FILE));
  }

  private NodeProcess start(String data, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(data),
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(more);
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }
}
