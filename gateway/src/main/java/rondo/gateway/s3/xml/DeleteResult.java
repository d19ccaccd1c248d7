package rondo.gateway.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of each object of a DeleteObjects. */
public record DeleteResult(List<Deleted> deleted, List<Failure> error) {
  /** One that is gone. */
  public record Deleted(String key, @Nullable String versionId) {}

  /** One that isn't. */
  public record Failure(String key, @Nullable String versionId, String code, String message) {}
}
