package rondo.s3.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The aws-chunked framing:
 *
 * <pre>
 *   body     = *chunk last [trailers] CRLF
 *   chunk    = 1*hex [";chunk-signature=" 64hex] CRLF data CRLF
 *   last     = "0" [";chunk-signature=" 64hex] CRLF
 *   trailers = *(name ":" value CRLF) ["x-amz-trailer-signature:" 64hex CRLF]
 * </pre>
 *
 * <p>A line may end with LF alone. Trailers may end so with an empty line behind them, which is how
 * minio-go writes what the trailers' signature covers: it ends them only where nothing follows.
 *
 * <p>A chunk is given on before its signature is known to be good: nothing of the body may be
 * believed until {@link #finish} returns.
 */
final class ChunkedDecoder implements BodyDecoder {
  /** A chunk's header has at most 15 + 17 + 64 bytes; a trailer's value is short too. */
  private static final int MAX_LINE_BYTES = 1024;

  private static final int MAX_TRAILER_LINES = 16;

  private enum State {
    HEADER,
    DATA,
    AFTER_DATA,
    TRAILERS,
    DONE
  }

  private final long decodedLength;
  private final boolean hasTrailers;
  private final @Nullable ChunkSignatures signatures;
  private final BodyTrailers trailers = new BodyTrailers();
  private final byte[] line = new byte[MAX_LINE_BYTES];
  private int lineLength;
  private boolean lineEndsBare;
  private boolean trailerEndsBare;
  private boolean trailersEnd;
  private int trailerLines;
  private State state = State.HEADER;
  private AwsChunkHeader chunk = new AwsChunkHeader(0, null);
  private long chunkLeft;
  private long taken;

  /**
   * @param decodedLength of all data, in bytes
   * @param signatures null when chunks aren't signed
   */
  ChunkedDecoder(long decodedLength, boolean hasTrailers, @Nullable ChunkSignatures signatures) {
    this.decodedLength = decodedLength;
    this.hasTrailers = hasTrailers;
    this.signatures = signatures;
  }

  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) {
    while (input.hasRemaining()) {
      if (state == State.DONE) {
        throw AwsChunkHeader.malformed();
      } else if (state == State.DATA) {
        data(input, output);
      } else if (readLine(input)) {
        String text = new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
        lineLength = 0;
        line(text);
      }
    }
  }

  @Override
  public Map<String, String> finish() {
    if (state != State.DONE || taken < decodedLength) {
      throw new S3Exception(S3Error.INCOMPLETE_BODY);
    }
    return trailers.values();
  }

  private void data(ByteBuffer input, Consumer<ByteBuffer> output) {
    int length = (int) Math.min(chunkLeft, input.remaining());
    ByteBuffer slice = input.slice(input.position(), length);
    input.position(input.position() + length);
    chunkLeft -= length;
    taken += length;
    if (signatures != null) {
      signatures.update(slice.duplicate());
    }
    output.accept(slice);
    if (chunkLeft == 0) {
      state = State.AFTER_DATA;
    }
  }

  /** Reads up to a line's end; true when {@link #line} holds a whole line, without its end. */
  private boolean readLine(ByteBuffer input) {
    while (input.hasRemaining()) {
      byte b = input.get();
      if (b == '\n') {
        lineEndsBare = lineLength == 0 || line[lineLength - 1] != '\r';
        if (!lineEndsBare) {
          lineLength--;
        }
        return true;
      }
      if (lineLength == line.length) {
        throw AwsChunkHeader.malformed();
      }
      line[lineLength++] = b;
    }
    return false;
  }

  private void line(String text) {
    switch (state) {
      case HEADER -> header(AwsChunkHeader.parse(text));
      case AFTER_DATA -> {
        requireEmpty(text);
        endOfChunk();
        state = State.HEADER;
      }
      case TRAILERS -> trailer(text);
      case DATA, DONE -> throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void header(AwsChunkHeader header) {
    if (header.sizeBytes() > decodedLength - taken) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "The body is longer than its x-amz-decoded-content-length.");
    }
    chunk = header;
    chunkLeft = header.sizeBytes();
    if (chunkLeft > 0) {
      state = State.DATA;
    } else {
      endOfChunk();
      state = State.TRAILERS;
    }
  }

  private void endOfChunk() {
    if (signatures != null) {
      signatures.check(chunk.signature());
    }
  }

  private void trailer(String text) {
    if (!hasTrailers) {
      requireEmpty(text);
      state = State.DONE;
    } else if (!text.isEmpty()) {
      if (++trailerLines > MAX_TRAILER_LINES) {
        throw new S3Exception(S3Error.MALFORMED_TRAILER_ERROR);
      }
      if (trailersEnd && (signatures == null || !BodyTrailers.isSignature(text))) {
        throw AwsChunkHeader.malformed();
      }
      trailers.add(text);
      trailerEndsBare = lineEndsBare;
      trailersEnd = false;
    } else if (trailerEndsBare && !lineEndsBare) {
      trailerEndsBare = false;
      trailersEnd = true;
    } else {
      if (signatures != null) {
        signatures.checkTrailers(trailers.signature(), trailers.canonical());
      }
      state = State.DONE;
    }
  }

  private static void requireEmpty(String text) {
    if (!text.isEmpty()) {
      throw AwsChunkHeader.malformed();
    }
  }
}
