package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes a body as it arrives, in pieces of any size, and gives its data on in slices of those
 * pieces: nothing is copied, and no more than one line of framing is remembered. Not thread-safe.
 */
sealed interface BodyDecoder permits PlainDecoder, ChunkedDecoder {
  /**
   * Takes all of {@code input}.
   *
   * @param output gets slices of it, valid as long as the input is
   * @throws rondo.s3.error.S3Exception when the body isn't what its headers say; the decoder is
   *     then of no more use
   */
  void decode(ByteBuffer input, Consumer<ByteBuffer> output);

  /**
   * Says that the body has ended.
   *
   * @return its trailers, names in lower case
   * @throws rondo.s3.error.S3Exception IncompleteBody when it ended too soon
   */
  Map<String, String> finish();
}
