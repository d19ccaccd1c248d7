package rondo.ring.value;

import org.jspecify.annotations.Nullable;

/**
 * A register's state: the stamp of its newest write and the value, which is null when the key is
 * absent (never written, at {@link Stamp#ZERO}, or deleted, at the delete's stamp: a tombstone).
 */
public record VersionedValue(Stamp stamp, @Nullable Bytes value) {
  public static final VersionedValue NEVER = new VersionedValue(Stamp.ZERO, null);

  public boolean isPresent() {
    return value != null;
  }
}
