package rondo.server.tracing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import rondo.s3.logging.EndedRequest;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.store.system.SystemPorts;
import rondo.store.trace.RequestPart;

/** Traces reach a collector, and one that fails costs only spans. */
final class RequestSpansTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SAMPLED = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private static EndedRequest request(String traceParent) {
    long now = System.nanoTime();
    var part = new RequestPart("Propagate", "337d23f1ebeced8d", now, now + 1000, true);
    return new EndedRequest(
        ObjectOperation.PUT_OBJECT,
        200,
        "",
        1,
        2,
        new EndedRequest.Times(now, 3000, 100, 2000, List.of(part), traceParent),
        new EndedRequest.Names("0A1B", "PUT /bucket/key", "ann", "bucket"));
  }

  private static RequestSpans spans(int port, double share) {
    var collector = URI.create("http://" + HERE.getHostAddress() + ":" + port + "/v1/traces");
    return new RequestSpans(collector, share, "337d23f1ebeced8d", SystemPorts.TIME);
  }

  private static HttpServer collector(LinkedBlockingQueue<String> bodies, int status)
      throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          var unpacked = new GZIPInputStream(new ByteArrayInputStream(body));
          bodies.add(new String(unpacked.readAllBytes(), ISO_8859_1));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void a_collector_gets_the_request_and_its_parts_in_the_clients_trace() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    HttpServer collector = collector(bodies, 200);
    RequestSpans spans = spans(collector.getAddress().getPort(), 0);
    try (spans) {
      spans.ended(request(SAMPLED));
    } finally {
      collector.stop(0);
    }
    String trace = new String(HexFormat.of().parseHex(TRACE), ISO_8859_1);
    assertThat(bodies.poll(60, TimeUnit.SECONDS))
        .contains("S3 PUT_OBJECT", "authenticate", "coordinate", "Propagate", "0A1B", trace);
    assertThat(spans.figures()).isEqualTo(new SpanFigures(4, 0));
  }

  @Test
  void what_is_not_sampled_is_not_sent() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    HttpServer collector = collector(bodies, 200);
    int port = collector.getAddress().getPort();
    try (RequestSpans none = spans(port, 0);
        RequestSpans all = spans(port, 1)) {
      none.ended(request(""));
      none.ended(request("nonsense"));
      all.ended(request(SAMPLED.replaceAll("01$", "00")));
    } finally {
      collector.stop(0);
    }
    assertThat(bodies).isEmpty();
  }

  @Test
  void spans_that_a_collector_refuses_are_counted() throws Exception {
    var bodies = new LinkedBlockingQueue<String>();
    HttpServer collector = collector(bodies, 500);
    RequestSpans spans = spans(collector.getAddress().getPort(), 1);
    try (spans) {
      spans.ended(request(""));
    } finally {
      collector.stop(0);
    }
    assertThat(bodies).hasSize(1);
    assertThat(spans.figures()).isEqualTo(new SpanFigures(0, 4));
  }

  @Test
  void a_collector_that_never_answers_costs_spans_and_no_time() throws IOException {
    try (var silent = new ServerSocket(0, 50, HERE);
        RequestSpans spans = spans(silent.getLocalPort(), 1)) {
      long began = System.nanoTime();
      for (int i = 0; i < 10_000; i++) {
        spans.ended(request(""));
      }
      assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(20));
      assertThat(spans.figures().sent()).isZero();
      assertThat(spans.figures().lost()).isGreaterThanOrEqualTo(40_000 - 3 * 4096);
    }
  }
}
