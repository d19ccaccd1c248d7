package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SigningContext;

/**
 * A request's body on its way in: unframed, measured, digested and compared with its claims. Give
 * it every buffer of the socket, then {@link #finish}; until that returns nothing of it may be
 * believed. Holds no data. Not thread-safe.
 */
public final class IncomingBody {
  private final BodyDecoder decoder;
  private final BodyDigests digests;

  /**
   * @param signing of the request; needed for signed chunks alone
   */
  public IncomingBody(BodyClaims claims, @Nullable SigningContext signing) {
    this.decoder =
        switch (claims.mode()) {
          case PayloadMode.Unsigned() -> new PlainDecoder(claims.length());
          case PayloadMode.Literal(String sha256) -> new PlainDecoder(claims.length());
          case PayloadMode.UnsignedChunks() -> new ChunkedDecoder(claims.length(), true, null);
          case PayloadMode.SignedChunks(boolean trailer) ->
              new ChunkedDecoder(
                  claims.length(),
                  trailer,
                  new ChunkSignatures(Objects.requireNonNull(signing, "signed chunks")));
        };
    this.digests = new BodyDigests(claims);
  }

  /**
   * Takes all of {@code input}.
   *
   * @param output gets the data in slices of the input, which are valid as long as it is
   * @throws rondo.s3.error.S3Exception when the body is not what its headers say
   */
  public void accept(ByteBuffer input, Consumer<ByteBuffer> output) {
    decoder.decode(
        input,
        slice -> {
          digests.update(slice);
          output.accept(slice);
        });
  }

  /**
   * Says that the body has ended, and checks all that was claimed of it.
   *
   * @throws rondo.s3.error.S3Exception IncompleteBody, BadDigest, SignatureDoesNotMatch,
   *     XAmzContentSHA256Mismatch, MalformedTrailerError
   */
  public BodySummary finish() {
    return digests.finish(decoder.finish());
  }
}
