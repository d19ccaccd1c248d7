package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * A walk through entries in key order. Sees every write that was made before it was opened, and
 * perhaps later ones. Not thread-safe.
 */
public interface Cursor extends AutoCloseable {
  /** The next entry, or null at the end. */
  Engine.@Nullable Entry next();

  /** Skips forward: the next entry is the first one whose key is not less than {@code key}. */
  void seek(Bytes key);

  @Override
  void close();
}
