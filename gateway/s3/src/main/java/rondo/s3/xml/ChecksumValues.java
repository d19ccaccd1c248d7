package rondo.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A checksum in the element of its algorithm; without a checksum all are null. */
@S3Document
public record ChecksumValues(
    @JsonProperty("ChecksumCRC32") @Nullable String crc32,
    @JsonProperty("ChecksumCRC32C") @Nullable String crc32c,
    @JsonProperty("ChecksumCRC64NVME") @Nullable String crc64nvme,
    @JsonProperty("ChecksumSHA1") @Nullable String sha1,
    @JsonProperty("ChecksumSHA256") @Nullable String sha256,
    @JsonProperty("ChecksumSHA512") @Nullable String sha512,
    @JsonProperty("ChecksumMD5") @Nullable String md5,
    @JsonProperty("ChecksumXXHASH64") @Nullable String xxhash64,
    @JsonProperty("ChecksumXXHASH3") @Nullable String xxhash3,
    @JsonProperty("ChecksumXXHASH128") @Nullable String xxhash128) {
  public static final ChecksumValues NONE = of("", null);

  /** The elements for a value of that algorithm; all are null for an empty value. */
  public static ChecksumValues of(String algorithm, @Nullable String value) {
    String shown = value == null || value.isEmpty() ? null : value;
    return new ChecksumValues(
        algorithm.equals("CRC32") ? shown : null,
        algorithm.equals("CRC32C") ? shown : null,
        algorithm.equals("CRC64NVME") ? shown : null,
        algorithm.equals("SHA1") ? shown : null,
        algorithm.equals("SHA256") ? shown : null,
        algorithm.equals("SHA512") ? shown : null,
        algorithm.equals("MD5") ? shown : null,
        algorithm.equals("XXHASH64") ? shown : null,
        algorithm.equals("XXHASH3") ? shown : null,
        algorithm.equals("XXHASH128") ? shown : null);
  }
}
