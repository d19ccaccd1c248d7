package rondo.s3.xml;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to GetObjectAttributes; null for attributes not asked for or not there. */
public record GetObjectAttributesResponse(
    @Nullable String eTag,
    @Nullable Checksum checksum,
    @Nullable ObjectParts objectParts,
    @Nullable String storageClass,
    @Nullable Long objectSize) {

  /** The value and type of the object's checksum. */
  public record Checksum(@JsonUnwrapped ChecksumValues values, String checksumType) {}

  /** A page of the object's parts. */
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
