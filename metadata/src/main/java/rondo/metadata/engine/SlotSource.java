package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** A walk through slots in key order, those of removed keys too. Not thread-safe. */
public interface SlotSource {
  /** Where the walk is; null past the end. */
  @Nullable Bytes key();

  /** What is there; only while {@link #key} is not null. */
  Slot slot();

  void advance();

  /** Goes forward to the first key that is not less than {@code key}; never back. */
  void seek(Bytes key);
}
