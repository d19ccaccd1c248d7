package rondo.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.store.system.SystemPorts;

@Timeout(60)
final class AuditWebhookTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  @TempDir Path folder;

  private AuditLog log;
  private final FakeCollector collector = new FakeCollector();

  private static final class FakeCollector implements AuditWebhook.Collector {
    private final List<String> lines = new ArrayList<>();
    private String answer = "";

    @Override
    public String send(byte[] sent) {
      if (answer.isEmpty()) {
        lines.addAll(new String(sent, StandardCharsets.UTF_8).lines().toList());
      }
      return answer;
    }
  }

  @BeforeEach
  void open() throws IOException {
    log = AuditFixture.log(folder, "one", 1, 3, AppendFile::system);
    log.start();
    write("A", "B");
  }

  @AfterEach
  void close() {
    log.close();
  }

  private void write(String... words) {
    for (String word : words) {
      assertThat(log.require(AuditEntry.ofLog(word, ""), LONG)).isTrue();
    }
  }

  private AuditWebhook webhook() {
    return new AuditWebhook(log, folder, collector, SystemPorts.TASKS, SystemPorts.TIME);
  }

  private static void deliverAll(AuditWebhook webhook) {
    while (webhook.deliver()) {
      assertThat(webhook.failure()).isEmpty();
    }
  }

  private List<String> words() {
    return collector.lines.stream()
        .map(line -> line.replaceAll(".*\"operation\":\"([^\"]*)\".*", "$1"))
        .toList();
  }

  @Test
  void lines_arrive_in_order_and_once_as_long_as_they_are_taken() {
    AuditWebhook webhook = webhook();
    deliverAll(webhook);
    write("C");
    deliverAll(webhook);
    assertThat(words()).containsExactly("Start", "A", "B", "C");
    assertThat(webhook.sent()).isEqualTo(4);
    assertThat(webhook.waiting()).isZero();
    assertThat(collector.lines)
        .allMatch(line -> AuditLine.parse(line.getBytes(StandardCharsets.UTF_8)) != null);
  }

  @Test
  void a_webhook_that_refuses_gets_the_lines_later() {
    AuditWebhook webhook = webhook();
    collector.answer = "it answers 500";
    assertThat(webhook.deliver()).isFalse();
    assertThat(webhook.failures()).isEqualTo(1);
    assertThat(AuditFigures.of(log, webhook).webhook().trouble())
        .isEqualTo("The webhook takes no audit entries, and 3 wait: it answers 500.");
    collector.answer = "";
    deliverAll(webhook);
    assertThat(words()).containsExactly("Start", "A", "B");
    assertThat(webhook.failure()).isEmpty();
  }

  @Test
  void a_restart_goes_on_behind_what_was_taken() throws IOException {
    AuditWebhook before = webhook();
    assertThat(before.deliver()).isTrue();
    collector.lines.clear();
    AuditWebhook again = webhook();
    again.readPosition();
    deliverAll(again);
    assertThat(words()).doesNotContain("Start").endsWith("B");
  }

  @Test
  void lines_that_rotation_deleted_first_are_counted() {
    AuditWebhook webhook = webhook();
    collector.answer = "it answers 503";
    assertThat(webhook.deliver()).isFalse();
    write("C", "D", "E", "F", "G", "H");
    collector.answer = "";
    deliverAll(webhook);
    assertThat(webhook.missed()).isPositive();
    assertThat(webhook.missed() + collector.lines.size()).isEqualTo(log.head().number());
  }

  @Test
  void a_collector_takes_lines_by_an_answer_of_the_200s_and_a_token_goes_along()
      throws IOException {
    var heads = new ArrayList<String>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heads.add(exchange.getRequestHeaders().getFirst("authorization"));
          boolean wrong = exchange.getRequestURI().getPath().equals("/wrong");
          exchange.sendResponseHeaders(wrong ? 302 : 204, -1);
          exchange.close();
        });
    server.start();
    String at = "http://127.0.0.1:" + server.getAddress().getPort();
    Path token = Files.writeString(folder.resolve("token"), "abc\n");
    assertThat(new HttpCollector(URI.create(at + "/"), token).send(new byte[] {'x'})).isEmpty();
    assertThat(new HttpCollector(URI.create(at + "/wrong"), null).send(new byte[] {'x'}))
        .isEqualTo("it answers 302");
    assertThat(heads).containsExactly("Bearer abc", null);
    server.stop(0);
    assertThat(new HttpCollector(URI.create(at + "/"), null).send(new byte[] {'x'})).isNotEmpty();
  }

  @Test
  void a_collector_that_hangs_is_given_up() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        HttpClient client = HttpClient.newHttpClient()) {
      URI url = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/");
      var collector = new HttpCollector(url, null, Duration.ofMillis(200), client);
      assertThat(collector.send(new byte[] {'x'})).contains("Timeout");
    }
  }
}
