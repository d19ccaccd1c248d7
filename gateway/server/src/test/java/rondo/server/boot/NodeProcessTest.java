package rondo.server.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
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
import rondo.ring.value.NodeId;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.server.config.StartException;
import rondo.server.storage.JoinToken;
import rondo.server.storage.NodeCalls;
import rondo.server.storage.RootCredentials;
import rondo.storage.folder.DataFolder;

@Timeout(120)
@Tag("process")
final class NodeProcessTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_node_finds_its_data_after_a_restart() throws Exception {
    try (NodeProcess node = start("data", List.of())) {
      awaitReady(node);
      assertThat(call(node, "PUT", "/bucket1", "")).startsWith("200");
      assertThat(call(node, "PUT", "/bucket1/key", "what was written")).startsWith("200");
    }
    try (NodeProcess node = start("data", List.of())) {
      awaitReady(node);
      assertThat(call(node, "GET", "/bucket1/key", "")).isEqualTo("200 what was written");
    }
  }

  @Test
  void a_node_that_has_lost_its_metadata_comes_back_as_another() throws Exception {
    Path data = folder.resolve("data");
    start("data", List.of()).close();
    NodeId before = DataFolder.identity(data).orElseThrow().node();
    try (var files = Files.walk(data.resolve("metadata"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    try (NodeProcess node = start("data", List.of())) {
      awaitReady(node);
      assertThat(DataFolder.identity(data).orElseThrow().node()).isNotEqualTo(before);
      assertThat(call(node, "PUT", "/bucket1", "")).startsWith("200");
    }
  }

  @Test
  void secrets_are_for_their_owner_alone() throws IOException {
    start("data", List.of()).close();
    for (String name : List.of(RootCredentials.FILE, JoinToken.FILE)) {
      assertThat(Files.getPosixFilePermissions(folder.resolve("data").resolve(name)))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void a_node_joins_with_the_token_and_serves_what_the_first_one_took() throws Exception {
    try (NodeProcess first = start("one", List.of())) {
      awaitReady(first);
      assertThat(call(first, "PUT", "/bucket1", "")).startsWith("200");
      assertThat(call(first, "PUT", "/bucket1/key", "shared")).startsWith("200");
      var join =
          List.of(
              "--join",
              "127.0.0.1:" + first.nodePort(),
              "--token-file",
              folder.resolve("one").resolve(JoinToken.FILE).toString());
      try (NodeProcess second = start("two", join)) {
        awaitReady(second);
        assertThat(second.root()).isEqualTo(first.root());
        assertThat(call(second, "GET", "/bucket1/key", "")).isEqualTo("200 shared");
      }
    }
  }

  @Test
  void a_copy_of_a_running_nodes_folder_is_refused() throws Exception {
    try (NodeProcess node = start("one", List.of())) {
      awaitReady(node);
      NodeCalls.copy(folder.resolve("one"), folder.resolve("copy"));
      assertThatThrownBy(() -> start("copy", List.of()).close())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("runs already, at 127.0.0.1:" + node.nodePort());
      assertThat(call(node, "PUT", "/bucket1", "")).startsWith("200");
    }
    try (NodeProcess node = start("copy", List.of())) {
      awaitReady(node);
    }
  }

  @Test
  void a_node_without_a_cluster_says_so_to_clients() throws Exception {
    start("other", List.of()).close();
    String token = folder.resolve("other").resolve(JoinToken.FILE).toString();
    var alone = List.of("--join", "127.0.0.1:1", "--token-file", token);
    try (NodeProcess node = start("one", alone)) {
      assertThat(call(node, "PUT", "/bucket1", ""))
          .startsWith("503")
          .contains("ServiceUnavailable", "This node is no member of a cluster yet.");
    }
  }

  @Test
  void a_port_in_use_is_told_and_nothing_stays_open() {
    try (NodeProcess node = start("one", List.of())) {
      var taken = List.of("--admin-listen", "127.0.0.1:" + node.adminPort());
      assertThatThrownBy(() -> start("two", taken).close())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("--admin-listen");
    }
    start("two", List.of()).close();
  }

  @Test
  void a_folder_of_another_cluster_is_refused() {
    start("one", List.of()).close();
    start("two", List.of()).close();
    var join =
        List.of(
            "--join",
            "127.0.0.1:1",
            "--token-file",
            folder.resolve("one").resolve(JoinToken.FILE).toString());
    assertThatThrownBy(() -> start("two", join).close()).hasMessageContaining("another cluster");
  }

  private NodeProcess start(String data, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.resolve(data).toString(), "--durability", "none"));
    for (String port : List.of("--s3-listen", "--admin-listen", "--node-listen")) {
      if (!more.contains(port)) {
        arguments.addAll(List.of(port, "127.0.0.1:0"));
      }
    }
    arguments.addAll(more);
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }

  private static void awaitReady(NodeProcess node) {
    while (!node.trouble().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** Calls the admin API; returns the status and the body. */
  private static String call(NodeProcess node, String method, String path, String body)
      throws IOException, InterruptedException {
    String host = "127.0.0.1:" + node.s3Port();
    var signer = new RequestSigner(node.root().accessKey(), node.root().secret(), "us-east-1");
    var request = new SignedRequest(method, path, "", List.of(Map.entry("host", host)));
    var builder =
        HttpRequest.newBuilder(URI.create("http://" + host + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    signer.sign(request, RequestSigner.UNSIGNED_PAYLOAD, Instant.now()).stream()
        .filter(header -> !header.getKey().equals("host"))
        .forEach(header -> builder.header(header.getKey(), header.getValue()));
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response = client.send(builder.build(), HttpResponse.BodyHandlers.ofString());
      return (response.statusCode() + " " + response.body()).strip();
    }
  }
}
