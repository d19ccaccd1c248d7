package rondo.server.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.Main;
import rondo.server.cli.option.ServerOptions;
import rondo.server.config.AdminSettings;

/** Where a node is administered, and by which protocol. */
@Timeout(120)
@Tag("node")
final class AdminListenTest {
  private static final String PASSWORD = "password";

  @TempDir Path folder = Path.of("");

  private AdminSettings settings(String... flags) {
    return ServerOptions.read(Map.of(), flags).endpoints().admin();
  }

  private NodeProcess start(String... flags) {
    var all =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve("data"),
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    all.addAll(List.of(flags));
    return NodeProcess.start(ServerOptions.read(Map.of(), all.toArray(String[]::new)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0:9001", "[::]:9001", "10.0.0.1:9001", "node.example:9001"})
  void others_are_not_served_in_clear(String listen) {
    assertThatThrownBy(() -> settings("--admin-listen=" + listen))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--admin-tls-cert")
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("--health-listen");
    assertThat(settings("--admin-listen=" + listen, "--tls-cert=c", "--tls-key=k").certificate())
        .isEqualTo(Path.of("c"));
    assertThat(
            settings(
                    "--admin-listen=" + listen,
                    "--tls-cert=c",
                    "--tls-key=k",
                    "--admin-tls-cert=a",
                    "--admin-tls-key=b")
                .key())
        .isEqualTo(Path.of("b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9001", "127.8.8.8:9001", "localhost:9001", "[::1]:9001"})
  void this_machine_is(String listen) {
    assertThat(settings("--admin-listen=" + listen, "--tls-cert=c", "--tls-key=k").certificate())
        .isNull();
    assertThatThrownBy(() -> settings("--admin-tls-cert=a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Makes a certificate for this machine, in PEM, and its key. */
  private Path[] certificate() throws Exception {
    Path store = folder.resolve("store");
    var keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=test",
                "-ext",
                "san=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    return new Path[] {
      pem("CERTIFICATE", keys.getCertificate("a").getEncoded()),
      pem("PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded())
    };
  }

  private Path pem(String kind, byte[] content) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(content);
    return Files.writeString(
        folder.resolve(kind),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private String run(int status, String... arguments) {
    var errors = new StringWriter();
    var line = Main.commandLine(Map.of(), arguments);
    line.setErr(new PrintWriter(errors));
    assertThat(line.execute(arguments)).as(errors.toString()).isEqualTo(status);
    return errors.toString();
  }

  @Test
  void commands_speak_tls_and_check_the_certificate() throws Exception {
    Path[] pair = certificate();
    try (NodeProcess node = start("--admin-tls-cert=" + pair[0], "--admin-tls-key=" + pair[1])) {
      String admin = "--admin=127.0.0.1:" + node.adminPort();
      String credentials = "--credentials=" + folder.resolve("data").resolve("root-credentials");
      run(0, "status", admin, credentials, "--ca=" + pair[0]);
      run(0, "user", "add", "ann", admin, credentials, "--ca=" + pair[0]);
      run(0, "user", "role", "ann", "operator", admin, credentials, "--ca=" + pair[0]);
      assertThat(run(1, "status", admin, credentials)).contains("no answer");
      Path other = folder.resolve("data").resolve("ca.pem");
      Files.writeString(other, "no certificate");
      assertThat(run(1, "status", admin, credentials, "--ca=" + other)).contains("certificate");
    }
  }

  @Test
  void commands_that_meet_no_admin_port_say_so_in_one_line() throws Exception {
    String credentials = "--credentials=" + folder.resolve("data").resolve("root-credentials");
    try (NodeProcess node = start();
        var silent = new ServerSocket(0)) {
      int refusing = freePort();
      for (String command : List.of("health", "status")) {
        assertThat(run(1, command, "--admin=127.0.0.1:" + node.s3Port(), credentials))
            .contains("isn't a node's admin port")
            .hasLineCount(1);
        assertThat(run(1, command, "--admin=127.0.0.1:" + node.nodePort(), credentials))
            .contains("closed the connection")
            .hasLineCount(1);
        assertThat(run(1, command, "--admin=127.0.0.1:" + refusing, credentials))
            .contains("is a node running there?")
            .hasLineCount(1);
      }
      assertThat(run(1, "status", "--admin=127.0.0.1:" + silent.getLocalPort(), credentials))
          .contains("takes connections but answers nothing")
          .hasLineCount(1);
    }
  }

  @Test
  void health_and_metrics_may_be_served_apart() throws Exception {
    int port = freePort();
    try (NodeProcess node = start("--health-listen=127.0.0.1:" + port);
        HttpClient client = HttpClient.newHttpClient()) {
      for (String path : List.of("/health/live", "/metrics")) {
        assertThat(get(client, port, path).statusCode()).as(path).isEqualTo(200);
        assertThat(get(client, node.adminPort(), path).statusCode()).isEqualTo(200);
      }
      for (String path : List.of("/status", "/users", "/", "/health/live/", "//metrics")) {
        assertThat(get(client, port, path).statusCode()).as(path).isEqualTo(404);
      }
      var post =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
              .POST(HttpRequest.BodyPublishers.ofString("x"))
              .build();
      assertThat(client.send(post, HttpResponse.BodyHandlers.discarding()).statusCode())
          .isEqualTo(405);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "transfer-encoding: gzip, chunked",
        "transfer-encoding: chunked\r\ncontent-length: 1",
        "content-length: 0\r\ncontent-length: 1",
        "transfer-encoding : chunked"
      })
  void nothing_behind_a_doubtful_request_is_carried_out(String framing) throws Exception {
    int health = freePort();
    try (NodeProcess node = start("--health-listen=127.0.0.1:" + health)) {
      String requests =
          "GET /health/live HTTP/1.1\r\nhost: x\r\n"
              + framing
              + "\r\n\r\n0\r\n\r\nGET /metrics HTTP/1.1\r\nhost: x\r\n\r\n";
      for (int port : List.of(health, node.adminPort())) {
        assertThat(answers(port, requests)).startsWith("HTTP/1.1 4").doesNotContain("rondo_");
      }
    }
  }

  /** All that is answered until the node closes the connection. */
  private static String answers(int port, String requests) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(requests.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static HttpResponse<String> get(HttpClient client, int port, String path)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
