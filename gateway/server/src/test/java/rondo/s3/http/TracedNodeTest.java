package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;

/** A node sends traces of its requests to a collector. */
@Tag("node")
final class TracedNodeTest {
  @TempDir Path folder;

  @Test
  void a_request_to_a_node_is_traced_as_far_as_its_replicas() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    var here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer collector = HttpServer.create(here, 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          var body = new ByteArrayInputStream(exchange.getRequestBody().readAllBytes());
          bodies.add(new String(new GZIPInputStream(body).readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String url = "http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces";
    try (NodeProcess node = TestNode.start(folder, "--otlp=" + url, "--otlp-share=1")) {
      ServerTimingTest.answer(node, RawClient.ACCESS_KEY, RawClient.SECRET, "");
      assertThat(bodies.poll(60, TimeUnit.SECONDS))
          .contains("S3 LIST_BUCKETS", "authenticate", "coordinate", "rondo.peer");
    } finally {
      collector.stop(0);
    }
  }
}
