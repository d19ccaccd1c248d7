package rondo.gateway.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GetObjectAttributes was asked for; null where it wasn't, or there is none. */
public record GetObjectAttributesResponse(
    @Nullable String eTag,
    @Nullable Checksum checksum,
    @Nullable ObjectParts objectParts,
    @Nullable String storageClass,
    @Nullable Long objectSize) {

  /** One of the values is not null. */
  public record Checksum(
      @JsonProperty("ChecksumCRC32") @Nullable String crc32,
      @JsonProperty("ChecksumCRC32C") @Nullable String crc32c,
      @JsonProperty("ChecksumCRC64NVME") @Nullable String crc64nvme,
      @JsonProperty("ChecksumSHA1") @Nullable String sha1,
      @JsonProperty("ChecksumSHA256") @Nullable String sha256,
      @Nullable String checksumType) {

    /** The value under the algorithm's name. */
    public static Checksum of(String algorithm, String value, @Nullable String type) {
      return new Checksum(
          algorithm.equals("CRC32") ? value : null,
          algorithm.equals("CRC32C") ? value : null,
          algorithm.equals("CRC64NVME") ? value : null,
          algorithm.equals("SHA1") ? value : null,
          algorithm.equals("SHA256") ? value : null,
          type);
    }
  }

  /** A page of the parts. */
  public record ObjectParts(
      @JsonProperty("PartsCount") int totalPartsCount,
      int partNumberMarker,
      int nextPartNumberMarker,
      int maxParts,
      boolean isTruncated,
      List<Part> part) {}

  /** One part. */
  public record Part(
      int partNumber,
      long size,
      @JsonProperty("ChecksumCRC32") @Nullable String crc32,
      @JsonProperty("ChecksumCRC32C") @Nullable String crc32c,
      @JsonProperty("ChecksumCRC64NVME") @Nullable String crc64nvme,
      @JsonProperty("ChecksumSHA1") @Nullable String sha1,
      @JsonProperty("ChecksumSHA256") @Nullable String sha256) {}
}
