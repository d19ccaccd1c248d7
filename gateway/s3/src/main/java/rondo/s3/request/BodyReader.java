package rondo.s3.request;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.BodySummary;
import rondo.s3.body.IncomingBody;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * Reads the body of a request, once: as data that is never in memory as a whole, or as a small
 * document. Its methods block.
 */
public final class BodyReader {
  private BodyReader() {}

  /**
   * Gives the data to {@code sink} in order, and checks the claims of length, digest and signature
   * at its end. The data counts only once this method has returned. An exception of the sink ends
   * it.
   *
   * @param claims the claims of this request
   * @param sink may block, and may keep its buffers, which don't change afterwards
   * @throws S3Exception when the body differs from its claims, or doesn't arrive
   */
  public static BodySummary receive(S3Request request, BodyClaims claims, Consumer<Buffer> sink) {
    var incoming = new IncomingBody(claims, request.signing());
    RequestBody body = request.body();
    for (Buffer piece = body.next(); piece != null; piece = body.next()) {
      ByteBuffer bytes = ((BufferInternal) piece).getByteBuf().nioBuffer();
      incoming.accept(bytes, slice -> give(slice, sink));
    }
    return incoming.finish();
  }

  private static void give(ByteBuffer slice, Consumer<Buffer> sink) {
    if (slice.hasRemaining()) {
      sink.accept(BufferInternal.buffer(Unpooled.wrappedBuffer(slice)));
    }
  }

  /**
   * A whole small body whose checksum headers, if any, are about the body itself.
   *
   * @param mostBytes a longer one is refused
   * @throws S3Exception MaxMessageLengthExceeded, and the errors of {@link #receive}
   */
  public static byte[] document(S3Request request, int mostBytes) {
    return whole(request, BodyClaims.ofData(request.wire(), request.payload(), null), mostBytes);
  }

  /**
   * A whole small body for which S3 requires the client to send a digest.
   *
   * @param mostBytes a longer one is refused
   * @throws S3Exception InvalidRequest without a digest, and the errors of {@link #document}
   */
  public static byte[] digestedDocument(S3Request request, int mostBytes) {
    BodyClaims claims = BodyClaims.ofData(request.wire(), request.payload(), null);
    if (claims.contentMd5() == null && claims.algorithm() == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
    }
    return whole(request, claims, mostBytes);
  }

  /**
   * A whole small body whose checksum headers are about something else: the object that
   * CompleteMultipartUpload makes.
   *
   * @param mostBytes a longer one is refused
   * @throws S3Exception the errors of {@link #document}
   */
  public static byte[] plainDocument(S3Request request, int mostBytes) {
    return whole(request, BodyClaims.ofDocument(request.wire(), request.payload()), mostBytes);
  }

  /**
   * A whole small body, checked against the claims.
   *
   * @param mostBytes a longer one is refused
   * @throws S3Exception MaxMessageLengthExceeded, and the errors of {@link #receive}
   */
  public static byte[] whole(S3Request request, BodyClaims claims, int mostBytes) {
    if (claims.length() > mostBytes) {
      throw tooLong(mostBytes);
    }
    Buffer all = Buffer.buffer();
    receive(
        request,
        claims,
        piece -> {
          if (all.length() + piece.length() > mostBytes) {
            throw tooLong(mostBytes);
          }
          all.appendBuffer(piece);
        });
    return all.getBytes();
  }

  private static S3Exception tooLong(int mostBytes) {
    return new S3Exception(
        S3Error.MAX_MESSAGE_LENGTH_EXCEEDED,
        S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.message(),
        Map.of("MaxMessageLengthBytes", Integer.toString(mostBytes)));
  }
}
