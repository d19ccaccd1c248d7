package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;

/** A proxy's word about its client decides over a policy where the proxy is trusted. */
@Tag("node")
final class ProxiesTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String POLICY =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*",
        "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*", "Condition": {
          "IpAddress": {"aws:SourceIp": "198.51.100.9"},
          "Bool": {"aws:SecureTransport": "true"}}}]}
      """;
  private static final String FORWARDED = "X-Forwarded-Proto: https\r\nX-Forwarded-For: ";

  @TempDir Path folder;

  @Test
  void a_trusted_proxy_is_believed() throws IOException {
    try (NodeProcess node = TestNode.start(folder, "--trusted-proxies=127.0.0.0/8,::1")) {
      var client = withPolicy(node);
      assertThat(get(client, FORWARDED + "198.51.100.9")).isEqualTo(200);
      assertThat(get(client, FORWARDED + "198.51.100.9, 203.0.113.5")).isEqualTo(403);
      assertThat(get(client, "X-Forwarded-For: 198.51.100.9")).isEqualTo(403);
      assertThat(get(client, "Forwarded: for=198.51.100.9;proto=https")).isEqualTo(200);
      assertThat(get(client, "X: y")).isEqualTo(403);
    }
  }

  @Test
  void nobody_else_is_believed() throws IOException {
    try (NodeProcess node = TestNode.start(folder)) {
      assertThat(get(withPolicy(node), FORWARDED + "198.51.100.9")).isEqualTo(403);
    }
  }

  private static RawClient withPolicy(NodeProcess node) throws IOException {
    var client = new RawClient(node.s3Port());
    assertThat(client.send("PUT", "/bucket", NOTHING).status()).isEqualTo(200);
    assertThat(client.send("PUT", "/bucket/x", "x".getBytes(UTF_8)).status()).isEqualTo(200);
    assertThat(client.send("DELETE", "/bucket?publicAccessBlock", NOTHING).status()).isEqualTo(204);
    assertThat(client.send("PUT", "/bucket?policy", POLICY.getBytes(UTF_8)).status())
        .isEqualTo(204);
    return client;
  }

  private static int get(RawClient client, String header) throws IOException {
    String head = "GET /bucket/x HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\n";
    return client.exchange(head.getBytes(ISO_8859_1)).status();
  }
}
