package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The last write to a key.
 *
 * @param value null when the key was removed
 * @param sequence of the write; 0 when it comes from a checkpoint
 */
public record Slot(@Nullable Bytes value, long sequence) {
  /** A removal that is in a checkpoint. */
  public static final Slot REMOVED = new Slot(null, 0);

  /** Returns the entry of {@code key}; null when it was removed. */
  public Engine.@Nullable Entry entry(Bytes key) {
    return value == null ? null : new Engine.Entry(key, value, sequence);
  }
}
