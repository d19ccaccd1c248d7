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

  /** A page of the parts, or how many there are alone. */
  public record ObjectParts(
      @JsonProperty("PartsCount") int totalPartsCount,
      @Nullable Integer partNumberMarker,
      @Nullable Integer nextPartNumberMarker,
      @Nullable Integer maxParts,
      @Nullable Boolean isTruncated,
      List<Part> part) {
    public static ObjectParts counted(int parts) {
      return new ObjectParts(parts, null, null, null, null, List.of());
    }
  }

  /** One part. */
  public record Part(int partNumber, long size, @JsonUnwrapped ChecksumValues checksums) {}
}
