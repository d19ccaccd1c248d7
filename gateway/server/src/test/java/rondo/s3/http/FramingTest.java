package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.s3.auth.RequestSigner;
import rondo.server.boot.NodeProcess;

/** Requests whose end two readers could see at different places. */
@Tag("node")
final class FramingTest {
  private static final byte[] NOTHING = new byte[0];
  private static final Pattern ANSWER = Pattern.compile("^HTTP/1", Pattern.MULTILINE);
  private static final int TRIES = 50;
  private static final String PUT = "PUT /bucket/first HTTP/1.1|Host: a|";
  private static final String OLD = "PUT /bucket/first HTTP/1.0|Host: a|Connection: keep-alive|";

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node = TestNode.start(folder);
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PUT + "Transfer-Encoding: chunked||0||",
        PUT + "Transfer-Encoding: chunked||2;a=b|xx|0||",
        PUT + "Content-Length: 5|Transfer-Encoding: chunked||0||",
        PUT + "Transfer-Encoding: chunked|Content-Length: 5||0||",
        PUT + "Content-Length: 5|Transfer-Encoding: chunked|\tx||0||",
        PUT + "Transfer-Encoding: chunked| x||0||",
        PUT + "Transfer-Encoding:| chunked||0||",
        PUT + "Transfer-Encoding: xchunked|Content-Length: 2||xx",
        PUT + "Transfer-Encoding: gzip, chunked||0||",
        PUT + "Transfer-Encoding: chunked, identity||0||",
        PUT + "Transfer-Encoding: identity|Content-Length: 2||xx",
        PUT + "Transfer-Encoding:|Content-Length: 2||xx",
        PUT + "Transfer-Encoding: chunked|Transfer-Encoding: chunked||0||",
        PUT + "Transfer-Encoding : chunked||0||",
        PUT + "Transfer-Encoding: \u000bchunked||0||",
        OLD + "Transfer-Encoding: chunked||0||",
        OLD + "Content-Length: 2|Content-Length: 2||xx",
        OLD + "Content-Length: 2|content-LENGTH:3||xx",
        OLD + "Content-Length: 2, 3||xx",
        OLD + "Content-Length: 2| 0||xx",
        PUT + "Content-Length: 2|Content-Length: 2||xx",
        PUT + "Content-Length: 2|Content-Length: 3||xx",
        PUT + "Content-Length: 2, 2||xx",
        PUT + "Content-Length: +2||xx",
        PUT + "Content-Length: 0x2||xx",
        PUT + "Content-Length: 2| 0||xx",
        PUT + "Content-Length:||xx",
        PUT + "X: y| Transfer-Encoding: chunked|Content-Length: 2||xx",
        PUT + "Host: b|Content-Length: 2||xx",
        "PUT /bucket/first HTTP/1.1|Content-Length: 2||xx",
        "GET / HTTP/1.2|Host: a||",
        "PRI * HTTP/2.0||SM||",
        "CONNECT a:443 HTTP/1.1|Host: a:443||"
      })
  void nothing_behind_a_doubtful_request_is_carried_out(String first) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      byte[] behind = client.signed("PUT", "/bucket/smuggled-" + i, "evil".getBytes(UTF_8));
      byte[] bytes = first.replace("|", "\r\n").getBytes(ISO_8859_1);
      String answers = answers(RawClient.join(bytes, behind));
      assertThat(ANSWER.matcher(answers).results()).hasSize(1);
      assertThat(answers).containsPattern("^HTTP/1\\.[01] (400|403|405|501) ");
      assertThat(answers.toLowerCase(Locale.ROOT)).contains("connection: close");
    }
    assertThat(client.get("/bucket?list-type=2").text()).contains("<KeyCount>0</KeyCount>");
  }

  @Test
  void nothing_behind_an_answer_that_closes_the_connection_is_carried_out() throws IOException {
    byte[] body = new byte[120_000];
    byte[] refused = client.head("PUT", "/nowhere/x", RequestSigner.UNSIGNED_PAYLOAD, body.length);
    for (int i = 0; i < TRIES; i++) {
      byte[] behind = client.signed("PUT", "/bucket/behind-" + i, "evil".getBytes(UTF_8));
      String answers = answers(RawClient.join(RawClient.join(refused, body), behind));
      assertThat(answers).startsWith("HTTP/1.1 404 ");
      assertThat(ANSWER.matcher(answers).results()).hasSize(1);
    }
    assertThat(client.get("/bucket?list-type=2").text()).contains("<KeyCount>0</KeyCount>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA",
        "Connection: Upgrade|Upgrade: websocket|Sec-WebSocket-Version: 13|Sec-WebSocket-Key: YQ=="
      })
  void an_upgrade_is_not_taken(String upgrade) throws IOException {
    String head = "GET / HTTP/1.1|Host: a|" + upgrade + "||";
    byte[] request = head.replace("|", "\r\n").getBytes(ISO_8859_1);
    assertThat(client.exchange(request).status()).isEqualTo(403);
  }

  @Test
  void an_absolute_target_is_answered_as_its_path() throws IOException {
    byte[] request = "GET http://a/Bad_Bucket/x HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(ISO_8859_1);
    RawClient.Answer answer = client.exchange(request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("<Code>InvalidBucketName</Code>");
  }

  /** All that the node sends until it closes the connection. */
  private static String answers(byte[] request) throws IOException {
    var answers = new ByteArrayOutputStream();
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(request);
      socket.getInputStream().transferTo(answers);
    } catch (SocketException reset) {
      // The node closed while bytes that it didn't read were still on their way.
    }
    return answers.toString(ISO_8859_1);
  }
}
