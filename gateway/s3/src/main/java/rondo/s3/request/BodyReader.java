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

/** Reads the body of a request, once: as data that is never held whole, or as a small document. */
public final class BodyReader {
  private BodyReader() {}

  /**
   * Gives the data to {@code sink} in order, and checks all that was claimed of it at its end: only
   * when this returns may the data be believed. What the sink throws ends it.
   *
   * @param claims those of this request
   * @param sink may block; nobody changes its buffers afterwards
   * @throws S3Exception when the body isn't what was claimed, or doesn't come
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
   * The whole of a small body whose checksum headers, if any, are its own.
   *
   * @param mostBytes a longer one is refused
   * @throws S3Exception MaxMessageLengthExceeded, and what {@link #receive} throws
   */
  public static byte[] document(S3Request request, int mostBytes) {
    return whole(request, BodyClaims.ofData(request.wire(), request.payload(), null), mostBytes);
  }

  /**
   * Like {@link #document}, where S3 wants the client to send a digest of it.
   *
   * @throws S3Exception also InvalidRequest when there is none
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
   * Like {@link #document}, where checksum headers speak of something else (the object that
   * CompleteMultipartUpload makes).
   */
  public static byte[] plainDocument(S3Request request, int mostBytes) {
    return whole(request, BodyClaims.ofDocument(request.wire(), request.payload()), mostBytes);
  }

  /** The whole of a small body. */
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
