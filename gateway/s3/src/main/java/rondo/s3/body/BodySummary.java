package rondo.s3.body;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The result of a body that arrived whole and met its claims.
 *
 * @param sizeBytes of its data
 * @param etag its MD5 in hex, without quotes
 * @param md5 16 bytes
 * @param algorithm of the checksum; null when none was computed
 * @param checksum big-endian; null when none was computed
 */
public record BodySummary(
    long sizeBytes,
    String etag,
    Bytes md5,
    @Nullable ChecksumAlgorithm algorithm,
    @Nullable Bytes checksum) {
  /** The checksum as S3 writes it; null when none was computed. */
  public @Nullable String checksumBase64() {
    return checksum == null ? null : PartChecksums.base64(checksum.array());
  }
}
