package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.RequestSigner;
import rondo.s3.auth.SignedRequest;
import rondo.server.boot.NodeProcess;

/** An answer tells an administrator where its time went, and nobody else. */
@Tag("node")
final class ServerTimingTest {
  @TempDir Path folder;

  static String answer(NodeProcess node, String access, String secret, String header)
      throws IOException {
    String host = "127.0.0.1:" + node.s3Port();
    var wanted = new SignedRequest("GET", "/", "", List.of(Map.entry("host", host)));
    var head = new StringBuilder("GET / HTTP/1.1\r\nHost: " + host + "\r\n" + header);
    new RequestSigner(access, secret, "us-east-1")
        .sign(wanted, Hashes.EMPTY_SHA256, Instant.now()).stream()
            .filter(it -> !it.getKey().equals("host"))
            .forEach(it -> head.append(it.getKey() + ": " + it.getValue() + "\r\n"));
    var client = new RawClient(node.s3Port());
    var reply = client.exchange((head + "\r\n").getBytes(ISO_8859_1));
    assertThat(reply.status()).isEqualTo(200);
    return String.valueOf(reply.headers().get("server-timing"));
  }

  @Test
  void administrators_are_told() throws IOException {
    try (NodeProcess node = TestNode.start(folder)) {
      String asked = "x-rondo-timing: on\r\n";
      String root = RawClient.ACCESS_KEY;
      assertThat(answer(node, root, RawClient.SECRET, asked))
          .matches(
              "sender;dur=[0-9.]+, operation;dur=[0-9.]+, answer;dur=[0-9.]+"
                  + "(, [A-Z][A-Za-z]+;desc=\"[0-9a-f]+\";dur=[0-9.]+)+");
      assertThat(answer(node, root, RawClient.SECRET, "")).isEqualTo("null");
      TestUser ann = TestUser.of(node, "ann");
      assertThat(answer(node, ann.accessKey(), ann.secret(), asked)).isEqualTo("null");
    }
  }
}
