package rondo.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to DeleteObjects, with the outcome for each object. */
public record DeleteResult(List<Deleted> deleted, List<Failure> error) {
  /**
   * A deleted object or version.
   *
   * @param versionId the version that the request named; null for none
   * @param deleteMarker whether a delete marker was added or removed; null for false
   */
  public record Deleted(
      String key,
      @Nullable String versionId,
      @Nullable Boolean deleteMarker,
      @Nullable String deleteMarkerVersionId) {}

  /** An object that wasn't deleted, and the error. */
  public record Failure(String key, @Nullable String versionId, String code, String message) {}
}
