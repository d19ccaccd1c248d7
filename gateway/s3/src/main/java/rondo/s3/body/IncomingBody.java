package rondo.s3.body;

import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SigningContext;

/**
 * A request's body as it arrives: decoded, measured, digested and compared with its claims. The
 * caller passes it every buffer of the socket, then calls {@link #finish}; none of the body may be
 * trusted until that returns. Holds no data. Not thread-safe.
 */
public final class IncomingBody {
  private final BodyDecoder decoder;
  private final BodyDigests digests;

  /**
   * Begins a body.
   *
   * @param signing of the request; needed only for signed chunks
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
   * @param output receives the data in slices of the input, which are valid as long as it is
   * @throws rondo.s3.error.S3Exception when the body contradicts its headers
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
   * Ends the body, and checks every claim about it.
   *
   * @throws rondo.s3.error.S3Exception IncompleteBody, BadDigest, SignatureDoesNotMatch,
   *     XAmzContentSHA256Mismatch, MalformedTrailerError
   */
  public BodySummary finish() {
    return digests.finish(decoder.finish());
  }
}
