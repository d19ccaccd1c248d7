package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/** What a key was last set to: a null value says that it was removed. */
public record Slot(@Nullable Bytes value, long sequence) {
  public static final Slot REMOVED = new Slot(null, 0);

  public Engine.@Nullable Entry entry(Bytes key) {
    return value == null ? null : new Engine.Entry(key, value, sequence);
  }
}
