package rondo.s3.xml;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The document of DeleteObjects: what to delete. */
public record Delete(@Nullable Boolean quiet, @Nullable List<Item> object) {
  /** One object, and what must hold of it. */
  public record Item(
      @Nullable String key,
      @Nullable String versionId,
      @Nullable String eTag,
      @Nullable String lastModifiedTime,
      @Nullable String size) {}
}
