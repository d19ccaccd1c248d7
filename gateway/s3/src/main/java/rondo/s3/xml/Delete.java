package rondo.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document of DeleteObjects, with the objects to delete. */
public record Delete(@Nullable Boolean quiet, @Nullable List<Item> object) {
  /** One object to delete, with the conditions of its deletion. */
  public record Item(
      @Nullable String key,
      @Nullable String versionId,
      @Nullable String eTag,
      @Nullable String lastModifiedTime,
      @Nullable String size) {}
}
