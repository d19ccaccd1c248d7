package rondo.ring.message;

import org.jspecify.annotations.Nullable;
import rondo.ring.register.Ballot;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * All that a replica knows of one register, as far as another replica needs it.
 *
 * @param state {@link Versioned#NEVER} when the replica knows of an unfinished conditional write
 *     only
 * @param pending the accepted conditional write with the newest base, where that is at least the
 *     state's stamp; else null
 */
public record Row(Key key, Versioned state, @Nullable Pending pending) {
  /** A value (null deletes) that was accepted as the successor of {@code base}. */
  public record Pending(Stamp base, Ballot ballot, @Nullable Bytes value) {}
}
