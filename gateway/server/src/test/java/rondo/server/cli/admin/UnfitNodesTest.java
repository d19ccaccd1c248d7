package rondo.server.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.server.cli.CommandRun;

/** What a person is told when no node answers, or something else does. */
@Timeout(120)
final class UnfitNodesTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  @TempDir Path folder = Path.of("");

  private Path credentials = Path.of("");

  @BeforeEach
  void write() throws IOException {
    credentials = folder.resolve("credentials");
    Files.writeString(credentials, "access_key=alice\nsecret_key=s\n");
  }

  private String told(String admin) {
    CommandRun run =
        CommandRun.of(
            Map.of(), "status", "--admin", admin, "--credentials", credentials.toString());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("rondo: ").doesNotContain("Exception", "\tat ");
    return run.err();
  }

  private static String at(int port) {
    return "127.0.0.1:" + port;
  }

  @Test
  void nothing_listens() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, HERE)) {
      port = free.getLocalPort();
    }
    assertThat(told(at(port))).contains("is a node running there?");
  }

  @Test
  void a_node_that_hangs_is_told_of_within_seconds() throws IOException {
    try (var hangs = new ServerSocket(0, 8, HERE)) {
      long start = System.nanoTime();
      assertThat(told(at(hangs.getLocalPort()))).contains("its process is stopped, or overloaded");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void there_is_no_such_machine() {
    assertThat(told("no-such-machine.invalid:9001"))
        .contains("there is no machine called 'no-such-machine.invalid'");
  }

  @ParameterizedTest
  @CsvSource({
    "200, text/html, <html>, isn't a node's admin port",
    "400, application/xml, <Error/>, isn't a node's admin port",
    "404, application/json, {}, isn't a node's admin port",
    "200, application/json, {, the node's answer isn't JSON",
    "403, application/json, '{\"error\":\"no such key\"}', no such key (access key 'alice')"
  })
  void something_else_answers(int status, String type, String body, String said)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", type);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    try {
      assertThat(told(at(server.getAddress().getPort()))).contains(said);
    } finally {
      server.stop(0);
    }
  }
}
