package rondo.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each object of a DeleteObjects. */
public record DeleteResult(List<Deleted> deleted, List<Failure> error) {
  /**
   * One that is gone.
   *
   * @param versionId that was named
   * @param deleteMarker whether a delete marker was made, or removed; null for false
   */
  public record Deleted(
      String key,
      @Nullable String versionId,
      @Nullable Boolean deleteMarker,
      @Nullable String deleteMarkerVersionId) {}

  /** One that isn't. */
  public record Failure(String key, @Nullable String versionId, String code, String message) {}
}
