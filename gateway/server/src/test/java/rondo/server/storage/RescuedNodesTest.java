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

/** Two of three nodes are gone for good, and the last one goes on. */
@Timeout(600)
@Tag("node")
final class RescuedNodesTest {
  private static final String LARGE = "0123456789".repeat(10_000);

  @TempDir Path folder = Path.of("");

  private final List<NodeProcess> nodes = new ArrayList<>();

  @Test
  void the_last_of_three_nodes_goes_on_and_those_of_the_old_life_are_refused() throws Exception {
    try {
      NodeProcess one = start("one", "one", List.of());
      start("two", "two", joining(one));
      start("three", "three", joining(one));
      await(one, "/status", "\"holders\" : 3", "\"moving\" : false");
      assertThat(s3(one, "PUT", "/bkt", "")).startsWith("200");
      assertThat(s3(one, "PUT", "/bkt/small", "small")).startsWith("200");
      assertThat(s3(one, "PUT", "/bkt/large", LARGE)).startsWith("200");
      assertThat(order(one, "preview", "{}")).startsWith("400").contains("nothing to rescue");
      assertThat(order(one, "preview", dead("\"two\"")))
          .contains("'rondo node lose' gives them up", "the node 'two' answers, so it isn't dead");

      // All three have compared what they hold.
      while (!order(one, "preview", dead("\"two\",\"three\"")).contains("equal until 20")) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      }
      nodes.removeLast().close();
      nodes.removeLast().close();
      await(one, "/health/quorum", "503", "'rondo rescue' shows the way out");
      refusals(one);
      rescue(one);

      await(one, "/health/quorum", "200");
      assertThat(s3(one, "GET", "/bkt/small", "")).isEqualTo("200 small");
      assertThat(s3(one, "GET", "/bkt/large", "")).isEqualTo("200 " + LARGE);
      assertThat(s3(one, "PUT", "/bkt/later", "later")).startsWith("200");

      NodeProcess two = start("new-two", "two", joining(one));
      NodeProcess three = start("new-three", "three", joining(one));
      await(one, "/status", "\"holders\" : 3", "\"moving\" : false", "\"replicas\" : 3");
      assertThat(s3(two, "GET", "/bkt/large", "")).isEqualTo("200 " + LARGE);
      assertThat(s3(three, "GET", "/bkt/later", "")).isEqualTo("200 later");

      NodeProcess old = start("three", "three", joining(one));
      while (old.displaced().isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      assertThat(old.displaced())
          .contains("life 2 of the cluster without this node", "keep its data folder");
      assertThat(s3(old, "GET", "/bkt/small", "")).startsWith("503");
    } finally {
      nodes.reversed().forEach(NodeProcess::close);
    }
  }

  private static void refusals(NodeProcess one) throws Exception {
    String cluster = cluster(one);
    String both = "{\"dead\":[\"two\",\"three\"]";
    assertThat(order(one, "begin", both + "}")).startsWith("400").contains("--confirm " + cluster);
    assertThat(order(one, "begin", both + ",\"confirm\":\"" + cluster + "\"}"))
        .startsWith("400")
        .contains("--isolated");
    assertThat(order(one, "begin", "{\"dead\":[\"tw\"]," + confirmed(cluster)))
        .startsWith("400")
        .contains("no member is called 'tw'");
    assertThat(order(one, "begin", "{\"dead\":[\"two\"]," + confirmed(cluster)))
        .startsWith("409")
        .contains("'three' gives no answer and isn't named");
    assertThat(order(one, "begin", "{\"dead\":[\"one\",\"two\",\"three\"]," + confirmed(cluster)))
        .startsWith("400")
        .contains("'one' is the node that is asked");
  }

  private static void rescue(NodeProcess one) throws Exception {
    String preview = order(one, "preview", "{}");
    assertThat(preview)
        .startsWith("200")
        .contains("would give up three, two, and go on with one", "Certainly gone: nothing")
        .contains("equal until 20", "Nothing stands against it");
    String both = "{\"dead\":[\"two\",\"three\"]," + confirmed(cluster(one));
    assertThat(order(one, "begin", both))
        .startsWith("200")
        .contains("Life 2 of the cluster has begun without three, two");
    assertThat(order(one, "begin", both)).startsWith("200").contains("given up already");
  }

  private static String confirmed(String cluster) {
    return "\"isolated\":true,\"confirm\":\"" + cluster + "\"}";
  }

  private static String dead(String names) {
    return "{\"dead\":[" + names + "]}";
  }

  private static String cluster(NodeProcess one) throws Exception {
    String preview = order(one, "preview", dead("\"two\",\"three\""));
    return preview.split("\"cluster\" : \"", 2)[1].split("\"", 2)[0];
  }

  private static String order(NodeProcess node, String what, String body) throws Exception {
    return call(node, node.adminPort(), "POST", "/v1/rescue/" + what, body);
  }

  private static void await(NodeProcess node, String path, String... wanted) throws Exception {
    String answer = "";
    while (!List.of(wanted).stream().allMatch(answer::contains)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      answer = call(node, node.adminPort(), "GET", path, "");
    }
  }

  private List<String> joining(NodeProcess first) {
    return NodeCalls.joining(first, folder.resolve("one").resolve(JoinToken.FILE));
  }

  private NodeProcess start(String data, String name, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(data),
                "--node=" + name,
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(more);
    NodeProcess node =
        NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
    nodes.add(node);
    return node;
  }
}
