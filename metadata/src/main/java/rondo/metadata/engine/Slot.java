package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/** What a key was last set to: a null value says that it was removed. */
record Slot(@Nullable Bytes value, long sequence) {
  static final Slot REMOVED = new Slot(null, 0);

  Engine.@Nullable Entry entry(Bytes key) {
    return value == null ? null : new Engine.Entry(key, value, sequence);
  }
}
