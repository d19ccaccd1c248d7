package rondo.s3.body;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The result of a body that arrived whole and met its claims.
 *
 * @param sizeBytes of its data
 * @param etag its MD5 in hex, without quotes
 * @param md5 16 bytes
 * @param algorithm of the checksum, if one was computed
 * @param checksum big-endian, if one was computed
 * @param further a second checksum, big-endian, if one was computed
 */
public record BodySummary(
    long sizeBytes,
    String etag,
    Bytes md5,
    @Nullable ChecksumAlgorithm algorithm,
    @Nullable Bytes checksum,
    @Nullable Bytes further) {
  /** The checksum as S3 writes it; null when none was computed. */
  public @Nullable String checksumBase64() {
    return base64(checksum);
  }

  /** The second checksum as S3 writes it; null when none was computed. */
  public @Nullable String furtherBase64() {
    return base64(further);
  }

  private static @Nullable String base64(@Nullable Bytes checksum) {
    return checksum == null ? null : PartChecksums.base64(checksum.array());
  }
}
