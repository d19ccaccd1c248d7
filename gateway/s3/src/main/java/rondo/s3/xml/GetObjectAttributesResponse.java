package rondo.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What GetObjectAttributes was asked for; null where it wasn't, or there is none. */
public record GetObjectAttributesResponse(
    @Nullable String eTag,
    @Nullable Checksum checksum,
    @Nullable ObjectParts objectParts,
    @Nullable String storageClass,
    @Nullable Long objectSize) {

  /** Its value and type. */
  public record Checksum(@JsonUnwrapped ChecksumValues values, String checksumType) {}

  /** A page of the parts. */
  public record ObjectParts(
      @JsonProperty("PartsCount") int totalPartsCount,
      int partNumberMarker,
      int nextPartNumberMarker,
      int maxParts,
      boolean isTruncated,
      List<Part> part) {}

  /** One part. */
  public record Part(int partNumber, long size, @JsonUnwrapped ChecksumValues checksums) {}
}
