package rondo.s3.body;

import java.util.Base64;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;

/** The additional checksums of S3. The names are those of the API. */
public enum ChecksumAlgorithm {
  CRC32(4),
  CRC32C(4),
  CRC64NVME(8),
  SHA1(20),
  SHA256(32),
  SHA512(64),
  MD5(16),
  XXHASH64(8),
  XXHASH3(8),
  XXHASH128(16);

  /** The prefix of every header that carries a checksum. */
  public static final String HEADER_PREFIX = "x-amz-checksum-";

  private final int lengthBytes;
  private final String header;

  ChecksumAlgorithm(int lengthBytes) {
    this.lengthBytes = lengthBytes;
    this.header = HEADER_PREFIX + name().toLowerCase(Locale.ROOT);
  }

  /** The algorithm of that name, in any case; null when S3 has no such algorithm. */
  public static @Nullable ChecksumAlgorithm named(String name) {
    for (ChecksumAlgorithm algorithm : values()) {
      if (algorithm.name().equalsIgnoreCase(name)) {
        return algorithm;
      }
    }
    return null;
  }

  /** The algorithm of a header or trailer, in any case; null when it isn't a checksum's. */
  public static @Nullable ChecksumAlgorithm ofHeader(String headerName) {
    return headerName.regionMatches(true, 0, HEADER_PREFIX, 0, HEADER_PREFIX.length())
        ? named(headerName.substring(HEADER_PREFIX.length()))
        : null;
  }

  /** The header's name in lower case, such as {@code x-amz-checksum-crc32}. */
  public String header() {
    return header;
  }

  /** The length of a checksum in bytes, before base64. */
  public int lengthBytes() {
    return lengthBytes;
  }

  /** Whether the checksums of parts can be combined into the checksum of the whole. */
  public boolean isCrc() {
    return polynomial() != null;
  }

  @Nullable CrcPolynomial polynomial() {
    return switch (this) {
      case CRC32 -> CrcPolynomial.CRC32;
      case CRC32C -> CrcPolynomial.CRC32C;
      case CRC64NVME -> CrcPolynomial.CRC64NVME;
      case SHA1, SHA256, SHA512, MD5, XXHASH64, XXHASH3, XXHASH128 -> null;
    };
  }

  public RunningChecksum start() {
    return switch (this) {
      case CRC32 -> new RunningChecksum.OfCrc(new CRC32(), lengthBytes);
      case CRC32C -> new RunningChecksum.OfCrc(new CRC32C(), lengthBytes);
      case CRC64NVME -> new RunningChecksum.OfCrc(new Crc64Nvme(), lengthBytes);
      case SHA1 -> new RunningChecksum.OfDigest(Hashes.start("SHA-1"));
      case SHA256 -> new RunningChecksum.OfDigest(Hashes.start("SHA-256"));
      case SHA512 -> new RunningChecksum.OfDigest(Hashes.start("SHA-512"));
      case MD5 -> new RunningChecksum.OfDigest(Hashes.start("MD5"));
      case XXHASH64 -> new XxHash64();
      case XXHASH3, XXHASH128 -> XxHash3.of(lengthBytes);
    };
  }

  /** The bytes of a checksum in base64; null when the text isn't a value of this algorithm. */
  public byte @Nullable [] decode(String base64) {
    return decode(base64, lengthBytes);
  }

  static byte @Nullable [] decode(String base64, int lengthBytes) {
    if (base64.length() != (lengthBytes + 2) / 3 * 4) {
      return null;
    }
    try {
      byte[] value = Base64.getDecoder().decode(base64);
      // The spare bits of the last base64 digit must be zero, so that each value has one form.
      return value.length == lengthBytes && PartChecksums.base64(value).equals(base64)
          ? value
          : null;
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
