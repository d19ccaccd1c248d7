package rondo.s3.body;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.PayloadMode;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * All digests of one body in one pass: MD5 always, for the ETag; SHA-256 where the signature names
 * it; the checksum that was asked for. Compares each with what the client claimed. Not thread-safe.
 */
public final class BodyDigests {
  private final BodyClaims claims;
  private final MessageDigest md5 = Hashes.start("MD5");
  private final @Nullable RunningChecksum checksum;
  private final @Nullable RunningChecksum further;
  private final @Nullable MessageDigest sha256;
  private long sizeBytes;

  public BodyDigests(BodyClaims claims) {
    this.claims = claims;
    ChecksumAlgorithm algorithm = claims.algorithm();
    this.checksum = algorithm == null ? null : algorithm.start();
    ChecksumAlgorithm second = claims.further();
    this.further = second == null ? null : second.start();
    this.sha256 = claims.mode() instanceof PayloadMode.Literal ? Hashes.start("SHA-256") : null;
  }

  /** Takes all of {@code data}; its position stays where it is. */
  public void update(ByteBuffer data) {
    sizeBytes += data.remaining();
    md5.update(data.duplicate());
    if (sha256 != null) {
      sha256.update(data.duplicate());
    }
    if (checksum != null) {
      checksum.update(data.duplicate());
    }
    if (further != null) {
      further.update(data.duplicate());
    }
  }

  /**
   * Ends the body.
   *
   * @param trailers names in lower case
   * @throws S3Exception XAmzContentSHA256Mismatch, BadDigest, or MalformedTrailerError when the
   *     announced checksum isn't among the trailers
   */
  public BodySummary finish(Map<String, String> trailers) {
    checkSha256();
    Bytes md5Value = Bytes.wrap(md5.digest());
    checkMd5(md5Value);
    Bytes checksumValue = checksum == null ? null : Bytes.wrap(checksum.value());
    Bytes claimed = claimedChecksum(trailers);
    if (claimed != null && !Objects.equals(claimed, checksumValue)) {
      throw new S3Exception(
          S3Error.BAD_DIGEST,
          "The " + claims.algorithm() + " you specified did not match the calculated checksum.");
    }
    return new BodySummary(
        sizeBytes,
        HexFormat.of().formatHex(md5Value.array()),
        md5Value,
        claims.algorithm(),
        checksumValue,
        further == null ? null : Bytes.wrap(further.value()));
  }

  /** S3 tells the digest that it expected in hex, but that of a part in base64. */
  private void checkMd5(Bytes actual) {
    Bytes expected = claims.contentMd5();
    if (expected != null && !actual.equals(expected)) {
      var base64 = Base64.getEncoder();
      throw new S3Exception(
          S3Error.BAD_DIGEST,
          S3Error.BAD_DIGEST.message(),
          Map.of(
              "ExpectedDigest",
              claims.ofPart()
                  ? base64.encodeToString(expected.array())
                  : HexFormat.of().formatHex(expected.array()),
              "CalculatedDigest",
              base64.encodeToString(actual.array())));
    }
  }

  private void checkSha256() {
    if (sha256 != null && claims.mode() instanceof PayloadMode.Literal(String expected)) {
      String actual = HexFormat.of().formatHex(sha256.digest());
      if (!actual.equals(expected)) {
        throw new S3Exception(
            S3Error.X_AMZ_CONTENT_SHA256_MISMATCH,
            S3Error.X_AMZ_CONTENT_SHA256_MISMATCH.message(),
            Map.of("ClientComputedContentSHA256", expected, "S3ComputedContentSHA256", actual));
      }
    }
  }

  private @Nullable Bytes claimedChecksum(Map<String, String> trailers) {
    ChecksumAlgorithm algorithm = claims.algorithm();
    for (String name : trailers.keySet()) {
      if (!claims.checksumTrailer() || algorithm == null || !name.equals(algorithm.header())) {
        throw new S3Exception(S3Error.MALFORMED_TRAILER_ERROR);
      }
    }
    if (!claims.checksumTrailer() || algorithm == null) {
      return claims.checksum();
    }
    String value = trailers.get(algorithm.header());
    if (value == null) {
      throw new S3Exception(S3Error.MALFORMED_TRAILER_ERROR);
    }
    return Bytes.wrap(BodyClaims.parse(algorithm, value));
  }
}
