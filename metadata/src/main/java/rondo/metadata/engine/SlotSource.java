package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** Walks through slots in key order, slots of removed keys too. Not thread-safe. */
public interface SlotSource {
  /** Returns the current key; null past the end. */
  @Nullable Bytes key();

  /** Returns the current slot; only while {@link #key} is not null. */
  Slot slot();

  /** Goes to the next key. */
  void advance();

  /** Goes forward to the first key that is not less than {@code key}; never goes back. */
  void seek(Bytes key);
}
