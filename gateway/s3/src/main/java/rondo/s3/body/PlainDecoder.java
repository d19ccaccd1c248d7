package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/** Decodes a body without framing: it checks only the length. */
final class PlainDecoder implements BodyDecoder {
  private final long length;
  private long taken;

  /**
   * @param length in bytes; -1 when the headers don't give it
   */
  PlainDecoder(long length) {
    this.length = length;
  }

  @Override
  public void decode(ByteBuffer input, Consumer<ByteBuffer> output) {
    taken += input.remaining();
    if (length >= 0 && taken > length) {
      throw new S3Exception(S3Error.INVALID_REQUEST, "The body is longer than its Content-Length.");
    }
    output.accept(input.slice());
    input.position(input.limit());
  }

  @Override
  public Map<String, String> finish() {
    if (taken < length) {
      throw new S3Exception(S3Error.INCOMPLETE_BODY);
    }
    return Map.of();
  }
}
