package rondo.gateway.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** A checksum under its algorithm's element; all are null when there is none. */
public record ChecksumValues(
    @JsonProperty("ChecksumCRC32") @Nullable String crc32,
    @JsonProperty("ChecksumCRC32C") @Nullable String crc32c,
    @JsonProperty("ChecksumCRC64NVME") @Nullable String crc64nvme,
    @JsonProperty("ChecksumSHA1") @Nullable String sha1,
    @JsonProperty("ChecksumSHA256") @Nullable String sha256) {
  public static final ChecksumValues NONE = of("", null);

  public static ChecksumValues of(String algorithm, @Nullable String value) {
    return new ChecksumValues(
        algorithm.equals("CRC32") ? value : null,
        algorithm.equals("CRC32C") ? value : null,
        algorithm.equals("CRC64NVME") ? value : null,
        algorithm.equals("SHA1") ? value : null,
        algorithm.equals("SHA256") ? value : null);
  }
}
