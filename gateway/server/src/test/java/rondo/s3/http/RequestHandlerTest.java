package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.ring.value.Bytes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.error.PercentCoding;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/** A whole node answers any bytes on its socket. */
@Tag("node")
final class RequestHandlerTest {
  private static final byte[] NOTHING = new byte[0];

  @TempDir static Path folder;
  private static NodeProcess node;
  private static RawClient client;

  @BeforeAll
  static void start() throws IOException {
    node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(
                    "RONDO_ROOT_ACCESS_KEY",
                    RawClient.ACCESS_KEY,
                    "RONDO_ROOT_SECRET_KEY",
                    RawClient.SECRET),
                "--data=" + folder,
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0",
                "--website-domain=website.test",
                "--durability=none"));
    client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void a_request_may_be_split_at_every_byte() throws IOException {
    byte[] body = "what is split".getBytes(UTF_8);
    byte[] request = client.signed("PUT", "/bucket/split", body, "content-type", "text/plain");
    try (Socket socket = client.connect()) {
      for (int at = 0; at <= request.length; at++) {
        socket.getOutputStream().write(request, 0, at);
        socket.getOutputStream().flush();
        socket.getOutputStream().write(request, at, request.length - at);
        assertThat(RawClient.read(socket.getInputStream()).status()).as("at %d", at).isEqualTo(200);
      }
    }
    assertThat(client.get("/bucket/split").body()).isEqualTo(Bytes.wrap(body));
  }

  @ParameterizedTest
  @CsvSource({
    "'GARBAGE', 400",
    "'GET /%ff HTTP/1.1', 400",
    "'GET foo HTTP/1.1|Host: a', 400",
    "'GET * HTTP/1.1|Host: a', 400",
    "'OPTIONS * HTTP/1.1|Host: a', 400",
    "'GET / HTTP/1.1|Host: a|Bad Header: x', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: -1', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: x', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: 1|Content-Length: 2', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: 1|Transfer-Encoding: chunked', 400",
    "'GET /Bad_Bucket HTTP/1.1|Host: a', 400",
    "'GET /bucket HTTP/1.1|Host: a', 403",
    "'DELETE / HTTP/1.1|Host: a', 405"
  })
  void a_bad_head_gets_an_answer(String head, int status) throws IOException {
    byte[] request = (head.replace("|", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1);
    RawClient.Answer answer = client.exchange(request);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text()).contains("<Error><Code>").contains("<RequestId>");
  }

  @ParameterizedTest
  @ValueSource(ints = {20_000, 200_000})
  void a_head_without_end_is_cut_off(int size) throws IOException {
    String head = "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(size) + "\r\n\r\n";
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: 3000000|Content-Length: 2', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: 3000000|Transfer-Encoding: chunked', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Bad Header: x|Content-Length: 3000000', 400",
    "'PUT /bucket/x HTTP/1.1|Host: a|Content-Length: 3000000', 403",
    "'PUT /Bad_Bucket/x HTTP/1.1|Host: a|Content-Length: 3000000', 400"
  })
  void a_refusal_reaches_a_client_that_is_still_sending(String head, int status)
      throws IOException {
    byte[] request = (head.replace("|", "\r\n") + "\r\n\r\n").getBytes(ISO_8859_1);
    for (int round = 0; round < 10; round++) {
      try (Socket socket = client.connect()) {
        socket.getOutputStream().write(request);
        for (int sent = 0; sent < 3_000_000; sent += 100_000) {
          socket.getOutputStream().write(new byte[100_000]);
          LockSupport.parkNanos(1_000_000);
        }
        assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(status);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  @Test
  @Timeout(120)
  void a_client_that_sends_for_ever_is_cut_off() throws IOException {
    String head =
        "PUT /bucket/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nContent-Length: 8\r\n\r\n";
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      assertThatThrownBy(
              () -> {
                while (true) {
                  socket.getOutputStream().write(new byte[100]);
                  LockSupport.parkNanos(10_000_000);
                }
              })
          .isInstanceOf(SocketException.class);
    }
  }

  @Test
  void nothing_behind_conflicting_lengths_is_taken_for_a_request() throws IOException {
    String smuggled =
        "PUT /bucket/x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked"
            + "\r\n\r\n0\r\n\r\nGET /bucket HTTP/1.1\r\nHost: a\r\n\r\n";
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(smuggled.getBytes(ISO_8859_1));
      assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(400);
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 100_000, 6_000_000})
  void a_body_that_ends_too_soon_stores_nothing(int size) throws IOException {
    String path = "/bucket/truncated-" + size;
    try (Socket socket = client.connect()) {
      socket
          .getOutputStream()
          .write(client.head("PUT", path, RequestSigner.UNSIGNED_PAYLOAD, size));
      socket.getOutputStream().write(new byte[size - 1]);
    }
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void a_body_that_is_not_what_was_signed_stores_nothing() throws IOException {
    byte[] request = client.signed("PUT", "/bucket/tampered", new byte[50_000]);
    request[request.length - 1]++;
    RawClient.Answer answer = client.exchange(request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text()).contains("<Code>XAmzContentSHA256Mismatch</Code>");
    assertThat(client.get("/bucket/tampered").status()).isEqualTo(404);
  }

  @Test
  void a_length_is_needed() throws IOException {
    String head =
        new String(client.head("PUT", "/bucket/x", RequestSigner.UNSIGNED_PAYLOAD, 0), ISO_8859_1);
    String signedNames = head.replaceFirst("content-length: 0\r\n", "");
    assertThat(client.exchange(signedNames.getBytes(ISO_8859_1)).status()).isIn(403, 411);
  }

  @Test
  void more_than_5_gib_is_refused_before_it_is_sent() throws IOException {
    try (Socket socket = client.connect()) {
      socket
          .getOutputStream()
          .write(
              client.head("PUT", "/bucket/huge", RequestSigner.UNSIGNED_PAYLOAD, (5L << 30) + 1));
      RawClient.Answer answer = RawClient.read(socket.getInputStream());
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.text()).contains("<Code>EntityTooLarge</Code>");
    }
  }

  @Test
  void a_client_that_waits_is_told_to_go_on_after_it_was_recognized() throws IOException {
    byte[] body = new byte[100_000];
    try (Socket socket = client.connect()) {
      byte[] head =
          client.head(
              "PUT",
              "/bucket/waited",
              RawClient.sha256(body),
              body.length,
              "expect",
              "100-continue");
      socket.getOutputStream().write(head);
      assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(100);
      socket.getOutputStream().write(body);
      assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(200);
    }
  }

  @Test
  void a_client_that_waits_and_is_refused_is_not_told_to_go_on() throws IOException {
    String head =
        "PUT /bucket/x HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n";
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      RawClient.Answer answer = RawClient.read(socket.getInputStream());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void requests_that_are_sent_ahead_are_answered_in_turn() throws IOException {
    byte[] put = client.signed("PUT", "/bucket/ahead", "1".getBytes(UTF_8));
    byte[] get = client.signed("GET", "/bucket/ahead", NOTHING);
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write(RawClient.join(put, RawClient.join(get, get)));
      assertThat(RawClient.read(socket.getInputStream()).status()).isEqualTo(200);
      assertThat(RawClient.read(socket.getInputStream()).text()).isEqualTo("1");
      assertThat(RawClient.read(socket.getInputStream()).text()).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a//b",
        "/lead",
        "./x",
        "../y",
        "a/../b",
        "%2F",
        "%",
        "€",
        "\u0001\u001f",
        "\ud83d\ude00",
        "a?b",
        "a#b",
        "a&b=c;d",
        "~`!@$^*()_-={}[]|\\:'\"<>,",
        "trail/",
        "\u007f"
      })
  void a_key_may_be_odd(String key) throws IOException {
    String path = "/bucket/" + PercentCoding.encode(key.getBytes(UTF_8), true);
    assertThat(client.send("PUT", path, key.getBytes(UTF_8)).status()).isEqualTo(200);
    RawClient.Answer answer = client.get(path);
    assertThat(answer.text()).isEqualTo(key);
    assertThat(client.send("DELETE", path, NOTHING).status()).isEqualTo(204);
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void a_large_object_comes_back_whole_and_in_pieces() throws IOException {
    byte[] body = new byte[9_000_000];
    new Random(1).nextBytes(body);
    assertThat(client.send("PUT", "/bucket/large", body).status()).isEqualTo(200);
    assertThat(client.get("/bucket/large").body()).isEqualTo(Bytes.wrap(body));
    RawClient.Answer piece = client.get("/bucket/large", "range", "bytes=4194300-4194309");
    assertThat(piece.status()).isEqualTo(206);
    assertThat(piece.headers()).containsEntry("content-range", "bytes 4194300-4194309/9000000");
    assertThat(piece.body()).isEqualTo(Bytes.wrap(body).slice(4_194_300, 4_194_310));
    assertThat(client.get("/bucket/large", "range", "bytes=9000000-").status()).isEqualTo(416);
  }

  @Test
  void an_answer_to_head_has_no_body() throws IOException {
    assertThat(client.send("PUT", "/bucket/head", "12345".getBytes(UTF_8)).status()).isEqualTo(200);
    byte[] head = client.signed("HEAD", "/bucket/head", NOTHING);
    byte[] missing = client.signed("HEAD", "/bucket/missing", NOTHING);
    try (Socket socket = client.connect()) {
      // The answer has content-length but no body, so the next answer follows at once.
      socket.getOutputStream().write(head);
      String first = line(socket);
      assertThat(first).contains("200").contains("content-length: 5");
      socket.getOutputStream().write(missing);
      assertThat(line(socket)).contains("404");
    }
  }

  private static String line(Socket socket) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString().toLowerCase(java.util.Locale.ROOT);
  }
}
