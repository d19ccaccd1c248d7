package rondo.s3.body;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.SigningContext;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The chain of signatures in a signed aws-chunked body. Each covers the previous one and the
 * SHA-256 of its chunk; the first covers the request's ("Signature Calculations for the
 * Authorization Header: Transferring Payload in Multiple Chunks", Amazon S3 API reference).
 */
final class ChunkSignatures {
  private final SigningContext context;
  private final MessageDigest digest = Hashes.start("SHA-256");
  private String previous;

  ChunkSignatures(SigningContext context) {
    this.context = context;
    this.previous = context.seedSignature();
  }

  void update(ByteBuffer data) {
    digest.update(data);
  }

  /**
   * Ends a chunk, and checks its signature.
   *
   * @throws S3Exception SignatureDoesNotMatch
   */
  void check(@Nullable String given) {
    String dataHash = HexFormat.of().formatHex(digest.digest());
    check(given, "AWS4-HMAC-SHA256-PAYLOAD", Hashes.EMPTY_SHA256 + "\n" + dataHash);
  }

  /**
   * Ends the trailers, and checks their signature.
   *
   * @throws S3Exception SignatureDoesNotMatch
   */
  void checkTrailers(@Nullable String given, String canonical) {
    String hash = Hashes.sha256Hex(canonical.getBytes(StandardCharsets.ISO_8859_1));
    check(given, "AWS4-HMAC-SHA256-TRAILER", hash);
  }

  private void check(@Nullable String given, String kind, String hashes) {
    String toSign = String.join("\n", kind, context.timestamp(), context.scope(), previous, hashes);
    String expected = Hashes.hmacSha256Hex(context.key().array(), toSign);
    if (given == null || !Hashes.same(expected, given)) {
      throw new S3Exception(S3Error.SIGNATURE_DOES_NOT_MATCH);
    }
    previous = expected;
  }
}
