package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * Makes the value of a plain write, once, when the state that it replaces and its stamp are known.
 */
@FunctionalInterface
public interface Successor {
  /** The value, null to delete. It may take its time, and read and write other keys. */
  @Nullable Bytes value(Versioned before, Stamp stamp);
}
