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

/** Whole nodes that an operator drains or declares lost. */
@Timeout(180)
@Tag("process")
final class LayoutChangeTest {
  private static final int OBJECTS = 12;

  @TempDir Path folder = Path.of("");

  @Test
  void objects_outlive_a_drained_and_a_lost_node() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1", List.of()));
      for (int i = 2; i <= 4; i++) {
        nodes.add(start("n" + i, joining(nodes.getFirst())));
      }
      NodeProcess first = nodes.getFirst();
      awaitNodes(first, 4);
      fill(first);

      String drained = id(nodes.get(1));
      assertThat(order(nodes.get(2), "drain " + drained)).contains("drain " + drained);
      assertThat(admin(nodes.get(3), "GET", "/layout", "")).contains("partition copies would move");
      assertThat(order(nodes.get(2), "drain " + drained)).contains("fail");
      assertThat(admin(nodes.get(3), "POST", "/layout/apply", "")).contains("drain " + drained);
      assertThat(admin(first, "POST", "/layout/apply", "")).contains("another terminal");
      awaitNodes(first, 3);
      nodes.remove(1).close();
      check(first);

      String lost = id(nodes.get(2));
      nodes.remove(2).close();
      order(first, "copies 2");
      order(first, "add " + drained);
      assertThat(admin(first, "POST", "/layout/revert", "")).contains("no longer staged", "add");
      assertThat(admin(first, "POST", "/layout/revert", "")).contains("nothing was staged");
      assertThat(order(first, "lose " + lost)).contains("2 nodes for 3 copies");
      order(first, "copies 2");
      order(first, "lose " + lost);
      admin(first, "POST", "/layout/apply", "");
      awaitNodes(first, 2);
      check(nodes.get(1));
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  @Test
  void a_joiner_that_dies_for_good_is_given_up_and_the_first_node_serves_again() throws Exception {
    try (NodeProcess first = start("n1", List.of())) {
      awaitNodes(first, 1);
      fill(first);
      String lost;
      // So slow that it never ends.
      var slow = new ArrayList<>(joining(first));
      slow.addAll(List.of("--copy-rate", "1"));
      try (NodeProcess second = start("n2", slow)) {
        lost = id(second);
        while (!layout(first).path("moving").asBoolean()) {
          pause();
        }
      }
      assertThat(s3(first, "PUT", "/bucket/late", "x")).startsWith("503");
      assertThat(order(first, "lose " + lost)).contains("--now");
      assertThat(admin(first, "POST", "/layout/now", orders("lose " + lost))).contains("has these");
      awaitNodes(first, 1);
      check(first);
      assertThat(s3(first, "PUT", "/bucket/late", "x")).startsWith("200");
    }
  }

  @Test
  void orders_that_make_no_sense_are_refused_in_one_line() throws Exception {
    try (NodeProcess first = start("n1", List.of())) {
      awaitNodes(first, 1);
      assertThat(order(first, "drain " + id(first))).contains("nobody to hold anything");
      assertThat(order(first, "lose 00000000000000ff")).contains("there is no node");
      assertThat(order(first, "frob 1")).contains("is not one of");
      assertThat(admin(first, "POST", "/layout/stage", "{")).contains("not the JSON");
      assertThat(admin(first, "POST", "/layout/stage", "{}")).contains("no orders");
      assertThat(admin(first, "POST", "/layout/other", "")).contains("there is no");
    }
  }

  private void fill(NodeProcess node) throws Exception {
    assertThat(s3(node, "PUT", "/bucket", "")).startsWith("200");
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3(node, "PUT", "/bucket/" + i, content(i))).startsWith("200");
    }
  }

  private void check(NodeProcess node) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3(node, "GET", "/bucket/" + i, "")).isEqualTo("200 " + content(i));
    }
  }

  /** The content of an object; every second one is large enough for a blob. */
  private static String content(int i) {
    return ("content " + i + " ").repeat(i % 2 == 0 ? 1 : 4000).strip();
  }

  private static String order(NodeProcess node, String order) throws Exception {
    return admin(node, "POST", "/layout/stage", orders(order));
  }

  private static String orders(String order) {
    return "{\"orders\": [\"" + order + "\"]}";
  }

  private static JsonNode layout(NodeProcess node) throws Exception {
    return JsonMapper.shared().readTree(admin(node, "GET", "/status", "")).path("layout");
  }

  private static String id(NodeProcess node) throws Exception {
    return JsonMapper.shared().readTree(admin(node, "GET", "/status", "")).path("node").asString();
  }

  /** Waits until that many nodes hold data and nothing moves. */
  private static void awaitNodes(NodeProcess node, int count) throws Exception {
    while (true) {
      JsonNode layout = layout(node);
      if (layout.path("holders").asInt() == count
          && !layout.path("moving").asBoolean()
          && node.trouble().isEmpty()) {
        return;
      }
      pause();
    }
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private List<String> joining(NodeProcess first) {
    return List.of(
        "--join",
        "127.0.0.1:" + first.nodePort(),
        "--token-file",
        folder.resolve("n1").resolve(JoinToken.FILE).toString());
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
}
