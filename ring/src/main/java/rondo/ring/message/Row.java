package rondo.ring.message;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * One replica's knowledge of a register, as far as another replica needs it.
 *
 * @param state {@link VersionedValue#NEVER} when the replica knows of an unfinished conditional
 *     write only
 * @param pending the accepted conditional write with the newest base, where that is at least the
 *     state's stamp; else null
 */
public record Row(Key key, VersionedValue state, @Nullable Pending pending) {
  /** A value (null deletes) that was accepted as the successor of {@code base}. */
  public record Pending(Stamp base, Ballot ballot, @Nullable Bytes value) {}
}
