package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Removes the framing of a body. It takes the body as it arrives, in pieces of any size, and passes
 * the data on in slices of those pieces: it copies nothing, and keeps at most one line of framing.
 * Not thread-safe.
 */
sealed interface BodyDecoder permits PlainDecoder, ChunkedDecoder {
  /**
   * Takes all of {@code input}.
   *
   * @param output receives slices of the input, which are valid as long as it is
   * @throws rondo.s3.error.S3Exception when the body contradicts its headers; the decoder can't be
   *     used afterwards
   */
  void decode(ByteBuffer input, Consumer<ByteBuffer> output);

  /**
   * Ends the body.
   *
   * @return its trailers, names in lower case
   * @throws rondo.s3.error.S3Exception IncompleteBody when it ended too soon
   */
  Map<String, String> finish();
}
