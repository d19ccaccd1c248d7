package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.server.storage.NodeCalls.admin;
import static rondo.server.storage.NodeCalls.call;
import static rondo.server.storage.NodeCalls.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
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
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Nodes that lose their disks, and nodes that are started as they should not be. */
@Timeout(180)
@Tag("process")
final class ReplacedNodeTest {
  private static final int OBJECTS = 12;

  @TempDir Path folder = Path.of("");

  @Test
  void emptied_nodes_take_their_places_one_after_the_other_and_nothing_is_lost() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n0", "one", List.of()));
      nodes.add(start("n1", "two", joining(nodes.getFirst())));
      nodes.add(start("n2", "three", joining(nodes.getFirst())));
      awaitSettled(nodes.getFirst());
      Files.copy(folder.resolve("n0").resolve(JoinToken.FILE), folder.resolve("token"));
      fill(nodes.getFirst());
      for (int place = 0; place < 3; place++) {
        nodes.get(place).close();
        empty("n" + place);
        NodeProcess other = nodes.get((place + 1) % 3);
        String name = List.of("one", "two", "three").get(place);
        nodes.set(place, start("n" + place, name, joining(other)));
        awaitReady(nodes.get(place));
        check(nodes.get(place));
      }
      JsonNode members = status(nodes.getFirst()).path("nodes");
      assertThat(members.findValuesAsString("name"))
          .containsExactlyInAnyOrder("one", "two", "three");
      assertThat(members.findValuesAsString("life")).containsOnly("2");
      assertThat(
              admin(nodes.getFirst(), "POST", "/layout/stage", "{\"orders\": [\"zone thr z1\"]}"))
          .contains("zone three z1");
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  @Test
  void a_second_node_of_a_name_is_refused_with_the_reason() throws Exception {
    try (NodeProcess one = start("n0", "one", List.of())) {
      Files.copy(folder.resolve("n0").resolve(JoinToken.FILE), folder.resolve("token"));
      try (NodeProcess twin = start("n1", "one", joining(one))) {
        await(twin, "not in the cluster yet: another node is called 'one', at 127.0.0.1:");
        assertThat(one.trouble()).isEmpty();
      }
    }
  }

  @Test
  void a_copy_of_a_running_node_s_folder_and_a_stranger_at_its_address_take_no_part()
      throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n0", "one", List.of()));
      nodes.add(start("n1", "two", joining(nodes.getFirst())));
      nodes.add(start("n2", "three", joining(nodes.getFirst())));
      awaitSettled(nodes.getFirst());
      NodeCalls.copy(folder.resolve("n2"), folder.resolve("copy"));
      fill(nodes.getFirst());
      assertThatThrownBy(() -> start("copy", "three", List.of()).close())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("the node 'three' runs already");
      check(nodes.getFirst());

      int port = nodes.get(2).nodePort();
      nodes.removeLast().close();
      var there = List.of("--node-listen", "127.0.0.1:" + port, "--found");
      try (NodeProcess stranger = start("n3", "stranger", there)) {
        assertThat(stranger.trouble()).isEmpty();
        while (!health(nodes.getFirst()).contains("three at 127.0.0.1:" + port)) {
          pause();
        }
        assertThat(s3(nodes.getFirst(), "PUT", "/bucket/late", "late")).startsWith("200");
        assertThat(s3(stranger, "GET", "/bucket/late", "")).startsWith("404");
      }
    } finally {
      nodes.forEach(NodeProcess::close);
    }
  }

  private static String health(NodeProcess node) throws Exception {
    return call(node, node.adminPort(), "GET", "/health/whole", "");
  }

  @Test
  void a_node_that_others_reach_founds_nothing_unless_it_is_told_to() {
    assertThatThrownBy(() -> start("n0", "one", List.of("--node-listen", "0.0.0.0:0")).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is empty: name the cluster's nodes by --join")
        .hasMessageContaining("--found");
    start("n0", "one", List.of("--node-listen", "0.0.0.0:0", "--found")).close();
    start("n0", "one", List.of("--node-listen", "0.0.0.0:0")).close();
  }

  @Test
  void a_list_that_names_too_few_nodes_is_refused() throws IOException {
    JoinToken.write(folder.resolve("token"));
    String token = folder.resolve("token").toString();
    assertThatThrownBy(() ->
            start("n0", "one", List.of("--join", "a:1,b", "--expect", "3", "--token-file", token))
                .close())
        .hasMessage("--expect 3, and --join names 2 nodes: name each node once, this one too");
  }

  @Test
  void a_list_of_this_node_alone_founds_a_cluster_only_where_one_is_expected() throws Exception {
    JoinToken.write(folder.resolve("token"));
    String token = folder.resolve("token").toString();
    var alone =
        List.of("--join", "localhost:1", "--advertise", "localhost:1", "--token-file", token);
    assertThatThrownBy(() -> start("n0", "one", alone).close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("names this node alone")
        .hasMessageContaining("--expect 1");
    var expected = new ArrayList<>(alone);
    expected.addAll(List.of("--expect", "1"));
    try (NodeProcess one = start("n0", "one", expected)) {
      assertThat(one.trouble()).isEmpty();
    }
  }

  @Test
  void a_certificate_is_no_token() throws IOException {
    start("n0", "one", List.of()).close();
    String certificate = folder.resolve("n0").resolve("authority.pem").toString();
    assertThatThrownBy(() ->
            start("n1", "two", List.of("--join", "127.0.0.1:1", "--token-file", certificate))
                .close())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("is a certificate, not the join token");
  }

  @Test
  void the_token_of_another_cluster_is_named_as_such() throws Exception {
    JoinToken.write(folder.resolve("token"));
    try (NodeProcess one = start("n0", "one", List.of());
        NodeProcess stranger = start("n1", "two", joining(one))) {
      await(stranger, "join token");
    }
  }

  private static void await(NodeProcess node, String trouble) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(100);
    while (!node.trouble().contains(trouble) && System.nanoTime() < limit) {
      pause();
    }
    assertThat(node.trouble()).contains(trouble);
  }

  /** Waits until three nodes hold data, nothing moves, and the node is ready. */
  private static void awaitSettled(NodeProcess node) throws Exception {
    while (true) {
      JsonNode layout = status(node).path("layout");
      if (layout.path("holders").asInt() == 3
          && !layout.path("moving").asBoolean()
          && !layout.path("due").asBoolean()
          && node.trouble().isEmpty()) {
        return;
      }
      pause();
    }
  }

  /** Waits for what an operator waits for before taking the next node. */
  private static void awaitReady(NodeProcess node) throws Exception {
    while (!call(node, node.adminPort(), "GET", "/health/ready", "").startsWith("200")) {
      pause();
    }
  }

  private static JsonNode status(NodeProcess node) throws Exception {
    return JsonMapper.shared().readTree(admin(node, "GET", "/status", ""));
  }

  private static void fill(NodeProcess node) throws Exception {
    assertThat(s3(node, "PUT", "/bucket", "")).startsWith("200");
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3(node, "PUT", "/bucket/" + i, content(i))).startsWith("200");
    }
  }

  private static void check(NodeProcess node) throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      assertThat(s3(node, "GET", "/bucket/" + i, "")).isEqualTo("200 " + content(i));
    }
  }

  /** The content of an object; every second one is large enough for a blob. */
  private static String content(int i) {
    return ("content " + i + " ").repeat(i % 2 == 0 ? 1 : 4000).strip();
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private void empty(String data) throws IOException {
    try (var files = Files.walk(folder.resolve(data))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private List<String> joining(NodeProcess through) {
    Path copy = folder.resolve("token");
    Path token = Files.exists(copy) ? copy : folder.resolve("n0").resolve(JoinToken.FILE);
    return NodeCalls.joining(through, token);
  }

  private NodeProcess start(String data, String name, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.resolve(data).toString(), "--durability", "none"));
    arguments.addAll(List.of("--node", name));
    for (String port : List.of("--s3-listen", "--admin-listen", "--node-listen")) {
      if (!more.contains(port)) {
        arguments.addAll(List.of(port, "127.0.0.1:0"));
      }
    }
    arguments.addAll(more);
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }
}
