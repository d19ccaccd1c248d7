package rondo.ring.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that a replica accepted as the successor of a base stamp.
 *
 * @param ballot at which it was accepted; the highest one of a quorum is carried on
 * @param origin the ballot at which its own conditional write first proposed it
 * @param value null deletes
 */
public record AcceptedValue(Ballot ballot, Ballot origin, @Nullable Bytes value) {}
