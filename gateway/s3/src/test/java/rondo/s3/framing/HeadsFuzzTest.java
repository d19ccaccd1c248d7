package rondo.s3.framing;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpServerOptions;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import rondo.ring.fuzz.Fuzz;

/** Whatever a connection carries: nothing is decoded behind a request that is the last one. */
final class HeadsFuzzTest {
  private static final String PUT = "PUT /b/k HTTP/1.1\r\nHost: a\r\n";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final HttpServerOptions OPTIONS = new HttpServerOptions();

  @Test
  void heads_are_read_or_refused_and_nothing_comes_behind_a_doubtful_one() {
    Fuzz.run(
        HeadsFuzzTest::decode,
        IllegalCallerException.class, // No reader throws it.
        PUT + "Content-Length: 3\r\n\r\nabc" + GET,
        PUT + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nx-a: b\r\n\r\n" + GET,
        "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n" + GET,
        PUT + "X: 1,\r\n\t2\r\n\r\n" + GET,
        PUT + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n" + GET,
        "CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n" + GET,
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  }

  private static void decode(byte[] input) {
    var channel = new EmbeddedChannel(new RequestDecoder(OPTIONS));
    try {
      int middle = input.length / 2;
      channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOf(input, middle)));
      channel.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOfRange(input, middle, input.length)));
      boolean last = false;
      for (Object one = channel.readInbound(); one != null; one = channel.readInbound()) {
        if (one instanceof HttpRequest request) {
          if (last) {
            throw new IllegalStateException("a request behind the last one: " + request);
          }
          last = request.decoderResult().isFailure() || RequestFraming.isLast(request);
          requireOneHost(request);
        }
        ReferenceCountUtil.release(one);
      }
    } finally {
      channel.finishAndReleaseAll();
    }
  }

  private static void requireOneHost(HttpRequest request) {
    if (request.decoderResult().isSuccess()
        && request.headers().getAll(HttpHeaderNames.HOST).size() > 1) {
      throw new IllegalStateException("two hosts: " + request);
    }
  }
}
