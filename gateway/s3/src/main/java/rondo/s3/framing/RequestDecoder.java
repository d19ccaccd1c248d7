package rondo.s3.framing;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http1ServerConfig;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.http1.VertxHttpRequestDecoder;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.Objects;
import rondo.s3.error.S3Exception;

/**
 * Decodes the requests of one connection. Bytes behind a request whose framing is in doubt, or
 * behind the last request that the connection serves, are thrown away before a head is read from
 * them; so nothing that depends on the speed of closing can carry them out. Used on the
 * connection's event loop, but for {@link #end} and {@link #hasEnded}.
 */
public final class RequestDecoder extends VertxHttpRequestDecoder {
  /** The name of Vert.x's own decoder in the pipeline. */
  private static final String NAME = "httpDecoder";

  /** A closed channel has no handlers, but keeps its attributes. */
  private static final AttributeKey<RequestDecoder> DECODER =
      AttributeKey.valueOf(RequestDecoder.class, "decoder");

  private final HeadLines lines = new HeadLines();
  private boolean inHead = true;
  private boolean lastIsRead;
  private volatile boolean ended;

  RequestDecoder(HttpServerOptions options) {
    super(
        new Http1ServerConfig()
            .setMaxInitialLineLength(options.getMaxInitialLineLength())
            .setMaxHeaderSize(options.getMaxHeaderSize())
            .setMaxChunkSize(options.getMaxChunkSize())
            .setDecoderInitialBufferSize(options.getDecoderInitialBufferSize()));
  }

  /** A server whose connections all have such a decoder in the place of Vert.x's. */
  public static HttpServer server(Vertx vertx, HttpServerOptions options) {
    return vertx
        .createHttpServer(options)
        .connectionHandler(connection -> install(connection, options));
  }

  /** Replaces the decoder before a byte of the connection is read. */
  private static void install(HttpConnection connection, HttpServerOptions options) {
    var decoder = new RequestDecoder(options);
    channel(connection).attr(DECODER).set(decoder);
    channel(connection)
        .pipeline()
        .addFirst(new LingeringClose(decoder::answersLast))
        .replace(NAME, NAME, decoder);
  }

  /** The decoder of a connection of such a server. Thread-safe. */
  public static RequestDecoder of(HttpConnection connection) {
    return Objects.requireNonNull(channel(connection).attr(DECODER).get());
  }

  private static Channel channel(HttpConnection connection) {
    return ((ConnectionBase) connection).channel();
  }

  /**
   * Has the request in work be the connection's last one. To be called before the end of its answer
   * is written: then no request that was sent behind it is carried out. Thread-safe.
   */
  public void end() {
    ended = true;
  }

  /**
   * Whether the connection's last answer has begun: a request behind it is not to be carried out.
   */
  public boolean hasEnded() {
    return ended;
  }

  /** Whether nothing that still comes will be answered. */
  private boolean answersLast() {
    return lastIsRead || ended;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (inHead && answersLast()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int from = in.readerIndex();
    int had = out.size();
    super.decode(context, in, out);
    if (inHead) {
      lines.read(in, from, in.readerIndex());
    }
    for (int i = had; i < out.size(); i++) {
      decoded(out.get(i));
    }
  }

  private void decoded(Object decoded) {
    if (decoded instanceof HttpRequest request) {
      inHead = false;
      judge(request);
    }
    if (decoded instanceof LastHttpContent) {
      inHead = true;
    }
  }

  private void judge(HttpRequest request) {
    S3Exception refusal = RequestFraming.refusal(request, lines);
    lines.clear();
    if (refusal != null && request.decoderResult().isSuccess()) {
      request.setDecoderResult(DecoderResult.failure(refusal));
    }
    if (!request.decoderResult().isSuccess()) {
      // The answer is in the server's version, and Vert.x too knows that it is the last.
      request.setProtocolVersion(HttpVersion.HTTP_1_1);
      request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      lastIsRead = true;
    }
    lastIsRead |= RequestFraming.isLast(request);
  }

  /** Netty would drop the length and go on; which of both a proxy has believed isn't known. */
  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    // Both headers stay, so that the head is refused by its judge.
  }
}
