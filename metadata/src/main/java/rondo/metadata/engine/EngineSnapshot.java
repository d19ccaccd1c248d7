package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The entries of an engine as they were at one moment. It keeps files and memory of the engine from
 * being given back, so it is to be closed, and before its engine. Thread-safe.
 */
public interface EngineSnapshot extends AutoCloseable {
  /**
   * Walks through the entries of that moment from {@code from} (inclusive) to {@code to}
   * (exclusive; null for the end), ascending. The cursor throws an {@link EngineException} when it
   * reaches keys that damage has made unknown.
   *
   * @throws EngineException when the snapshot is closed, or gone with damaged files
   */
  Cursor cursor(Bytes from, @Nullable Bytes to);

  @Override
  void close();
}
