package rondo.ring.coordinate;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Makes the value of a plain write, once, after the state that it replaces and its stamp are known.
 */
@FunctionalInterface
public interface ValueFactory {
  /** The value, null to delete. The call may take long, and read and write other keys. */
  @Nullable Bytes value(VersionedValue before, Stamp stamp);
}
