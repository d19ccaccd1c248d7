package rondo.ring.register;

import org.jspecify.annotations.Nullable;
import rondo.ring.version.Stamp;

/**
 * A register's state: the stamp of its newest write and the value, which is null when the key is
 * absent (never written, at {@link Stamp#ZERO}, or deleted, at the delete's stamp: a tombstone).
 */
public record Versioned(Stamp stamp, @Nullable Bytes value) {
  public static final Versioned NEVER = new Versioned(Stamp.ZERO, null);

  public boolean isPresent() {
    return value != null;
  }
}
