package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.server.storage.NodeCalls.call;

import java.nio.file.Files;
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
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Nodes join by tokens that are counted, ended and replaced, and are told what is wrong with one.
 */
@Timeout(300)
@Tag("node")
final class JoiningTokensTest {
  @TempDir Path folder = Path.of("");

  @Test
  void tokens_are_counted_and_replaced() throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      NodeProcess first = start("n1", List.of());
      nodes.add(first);
      Path founding = Files.copy(folder.resolve("n1/join-token"), folder.resolve("founding"));
      Path counted = token(first, "/tokens", "{\"uses\":1}");
      assertThatThrownBy(() -> start("n0", List.of("--token-file", counted.toString())))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("is of a cluster that exists");
      NodeProcess second = start("n2", NodeCalls.joining(first, counted));
      nodes.add(second);
      awaitTrouble(second, "");
      assertThat(second.root()).isEqualTo(first.root());
      NodeProcess third = start("n3", NodeCalls.joining(first, counted));
      nodes.add(third);
      awaitTrouble(third, "is used up: make another by 'rondo token create'");

      Path names = token(first, "/tokens/rotate", "{}");
      NodeProcess sixth = start("n6", NodeCalls.joining(second, names));
      nodes.add(sixth);
      awaitTrouble(sixth, "is for the names that the cluster has, and 'n6' is none");
      Path rotated = token(first, "/tokens/rotate", "{\"any\":true}");
      assertThat(Files.readString(folder.resolve("n1/join-token")))
          .isEqualTo(Files.readString(rotated));
      NodeProcess fourth = start("n4", NodeCalls.joining(first, founding));
      nodes.add(fourth);
      awaitTrouble(fourth, "the join token 00000000 was revoked");
      NodeProcess fifth = start("n5", NodeCalls.joining(second, rotated));
      nodes.add(fifth);
      awaitTrouble(fifth, "");
      String left = call(first, first.adminPort(), "DELETE", "/tokens/ffffffff", "");
      assertThat(left).startsWith("400").contains("there is no token 'ffffffff'");
      assertThat(call(first, first.adminPort(), "GET", "/tokens", ""))
          .contains("was revoked", "is used up", "\"uses\" : -1");
    } finally {
      nodes.reversed().forEach(NodeProcess::close);
    }
  }

  private Path token(NodeProcess node, String path, String body) throws Exception {
    String answer = call(node, node.adminPort(), "POST", path, body);
    assertThat(answer).startsWith("200 ");
    JsonNode issued = JsonMapper.shared().readTree(answer.substring(4));
    Path file = folder.resolve("token-" + issued.path("id").asString());
    return Files.writeString(file, issued.path("token").asString());
  }

  private static void awaitTrouble(NodeProcess node, String part) {
    while (part.isEmpty() ? !node.trouble().isEmpty() : !node.trouble().contains(part)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private NodeProcess start(String name, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(name),
                "--node=" + name,
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(more);
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }
}
