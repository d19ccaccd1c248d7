package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.server.cli.Main;

/** A node with a small heap serves honest clients while others do their worst. */
@Tag("process")
@Timeout(240)
final class MisbehavingClientsTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int LARGE_BYTES = 8_000_000;
  private static final String FORM =
      """
      POST %s HTTP/1.1\r
      host: x\r
      content-type: multipart/form-data; boundary=xx\r
      content-length: 60000\r
      \r
      --xx\r
      """;

  @TempDir static Path folder;
  private static Process node;
  private static RawClient client;
  private static int adminPort;

  private final List<Socket> attackers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    List<Integer> ports = freePorts();
    adminPort = ports.get(1);
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:MaxDirectMemorySize=256m",
            "-XX:+ExitOnOutOfMemoryError",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "server",
            "--data=" + folder.resolve("data"),
            "--durability=none",
            "--s3-listen=127.0.0.1:" + ports.get(0),
            "--admin-listen=127.0.0.1:" + adminPort,
            "--node-listen=127.0.0.1:" + ports.get(2));
    builder
        .environment()
        .putAll(
            Map.of(
                "RONDO_ROOT_ACCESS_KEY",
                RawClient.ACCESS_KEY,
                "RONDO_ROOT_SECRET_KEY",
                RawClient.SECRET));
    node = builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    client = new RawClient(ports.get(0));
    while (!isReady()) {
      assertThat(node.isAlive()).as(Files.readString(log())).isTrue();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
    fill();
  }

  private static List<Integer> freePorts() throws IOException {
    try (var one = new ServerSocket(0);
        var other = new ServerSocket(0);
        var third = new ServerSocket(0)) {
      return List.of(one.getLocalPort(), other.getLocalPort(), third.getLocalPort());
    }
  }

  private static void fill() throws Exception {
    byte[] large = new byte[LARGE_BYTES];
    new Random(5).nextBytes(large);
    byte[] small = new byte[16_000];
    for (String bucket : List.of("/public", "/costly")) {
      assertThat(client.send("PUT", bucket, NOTHING).status()).isEqualTo(200);
      assertThat(client.send("DELETE", bucket + "?publicAccessBlock", NOTHING).status())
          .isEqualTo(204);
    }
    policy("public", "arn:aws:s3:::public/*");
    policy("costly", "arn:aws:s3:::costly/" + "${aws:useragent}".repeat(1_100));
    assertThat(client.send("PUT", "/public/large", large).status()).isEqualTo(200);
    assertThat(client.send("PUT", "/public/small", small).status()).isEqualTo(200);
    // A node that has just started interprets what it encrypts.
    for (int n = 0; n < 15; n++) {
      serves();
    }
  }

  private static void policy(String bucket, String resource) throws IOException {
    byte[] document =
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",\
        "Action":["s3:GetObject","s3:PutObject"],"Resource":"%s"}]}\
        """
            .formatted(resource)
            .getBytes(UTF_8);
    assertThat(client.send("PUT", "/" + bucket + "?policy", document).status()).isEqualTo(204);
  }

  private static Path log() {
    return folder.resolve("log");
  }

  @AfterAll
  static void stop() throws Exception {
    node.destroy();
    assertThat(node.waitFor(60, TimeUnit.SECONDS)).as("it ends when it is told to").isTrue();
    assertThat(Files.readString(log())).doesNotContain("OutOfMemoryError");
  }

  @AfterEach
  void leave() throws IOException {
    for (Socket socket : attackers) {
      socket.close();
    }
  }

  /** What each connection of an attack sends, before it does nothing more. */
  enum Attack {
    READERS(1_005) {
      @Override
      String text() {
        return "GET /public/large HTTP/1.1\r\nhost: x\r\n\r\n";
      }
    },
    RANGES(1_005) {
      @Override
      String text() {
        return "GET /public/large HTTP/1.1\r\nhost: x\r\nrange: bytes=1000000-\r\n\r\n".repeat(3);
      }
    },
    PIPELINED_ANSWERS(1_005) {
      @Override
      String text() {
        return "GET /public/small HTTP/1.1\r\nhost: x\r\n\r\n".repeat(10);
      }
    },
    HEADS(2_000) {
      @Override
      String text() {
        return "GET / HTTP/1.1\r\nhost: x\r\nx-a: ";
      }
    },
    LONG_HEADS(2_000) {
      @Override
      String text() {
        return "GET / HTTP/1.1\r\nhost: x\r\nx-a: " + "a".repeat(15_000);
      }
    },
    FORMS_TO_NO_BUCKET(1_005) {
      @Override
      String text() {
        return FORM.formatted("/nosuchbucket");
      }
    },
    FORMS(1_005) {
      @Override
      String text() {
        return FORM.formatted("/public");
      }
    },
    BODIES(1_005) {
      @Override
      String text() {
        return "PUT /public/body HTTP/1.1\r\nhost: x\r\ncontent-length: 60000000\r\n\r\nx";
      }
    },
    SIGNED_BODIES(1_005) {
      @Override
      String text() {
        byte[] head = client.head("PUT", "/public/signed", "UNSIGNED-PAYLOAD", 60_000_000);
        return new String(head, ISO_8859_1) + "x";
      }
    },
    TRAILERS(1_005) {
      @Override
      String text() {
        byte[] head =
            client.head(
                "PUT",
                "/public/trailer",
                "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                40_000,
                "x-amz-decoded-content-length",
                "3",
                "x-amz-trailer",
                "x-amz-checksum-crc32");
        return new String(head, ISO_8859_1) + "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:";
      }
    };

    private final int connections;

    Attack(int connections) {
      this.connections = connections;
    }

    abstract String text();
  }

  @ParameterizedTest
  @EnumSource
  void others_are_served_during_an_attack_and_after_it(Attack attack) throws Exception {
    byte[] bytes = attack.text().getBytes(ISO_8859_1);
    for (int n = 0; n < attack.connections; n++) {
      attack(bytes);
      if (n % 500 == 499) {
        serves();
      }
    }
    serves();
    leave();
    serves();
    awaitNothingHeld();
  }

  /** Sends what it may before the node refuses it. */
  private void attack(byte[] bytes) throws IOException {
    var socket = new Socket();
    attackers.add(socket);
    socket.setReceiveBufferSize(2_048);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), client.port()), 20_000);
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException refused) {
      socket.close();
    }
  }

  @Test
  void policies_that_repeat_long_values_cost_little() throws Exception {
    String agent = "a".repeat(15_000);
    for (int n = 0; n < 120; n++) {
      attack(
          ("GET /costly/x HTTP/1.1\r\nhost: x\r\nuser-agent: " + agent + "\r\n\r\n")
              .getBytes(ISO_8859_1));
    }
    serves();
    assertThat(client.get("/costly/x", "user-agent", agent).status()).isEqualTo(404);
    awaitNothingHeld();
  }

  @Test
  void a_half_head_is_cut_off_after_seconds() throws Exception {
    try (Socket socket = client.connect()) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\nhost: x\r\nx-a: ".getBytes(ISO_8859_1));
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(metric("rondo_s3_heads_too_slow_total")).isPositive();
  }

  @Test
  void operators_reach_the_node_whatever_hangs_on_their_port() throws Exception {
    for (int n = 0; n < 400; n++) {
      var socket = new Socket(InetAddress.getLoopbackAddress(), adminPort);
      attackers.add(socket);
      String head = "POST /users HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n";
      String half = n < 50 ? head : head + "\r\n{";
      socket.getOutputStream().write(half.getBytes(ISO_8859_1));
    }
    assertThat(isReady()).isTrue();
    Socket last = attackers.getLast();
    last.setSoTimeout(60_000);
    assertThat(last.getInputStream().read()).isEqualTo(-1);
  }

  private static void serves() throws Exception {
    RawClient.Answer read = client.get("/public/large");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body().length()).isEqualTo(LARGE_BYTES);
    assertThat(client.send("PUT", "/public/honest", new byte[1_000_000]).status()).isEqualTo(200);
    assertThat(admin("/health/live").statusCode()).isEqualTo(200);
    assertThat(isReady()).isTrue();
  }

  private static void awaitNothingHeld() throws Exception {
    while (metric("rondo_s3_memory_used_bytes") > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  private static long metric(String name) throws Exception {
    return admin("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isReady() throws Exception {
    try {
      return admin("/health/ready").statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static HttpResponse<String> admin(String path) throws Exception {
    var uri = URI.create("http://127.0.0.1:" + adminPort + path);
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
