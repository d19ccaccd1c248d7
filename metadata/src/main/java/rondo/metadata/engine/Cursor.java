package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * Walks through entries in key order. It sees every write that was made before it was opened, and
 * may see later ones. Not thread-safe; to be closed.
 */
public interface Cursor extends AutoCloseable {
  /**
   * Returns the next entry; null at the end.
   *
   * @throws EngineException when the walk reaches keys that are lost or can't be read
   */
  Engine.@Nullable Entry next();

  /** Skips forward: the next entry is the first one whose key is not less than {@code key}. */
  void seek(Bytes key);

  @Override
  void close();
}
