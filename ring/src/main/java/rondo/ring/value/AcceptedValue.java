package rondo.ring.value;

import org.jspecify.annotations.Nullable;

/**
 * A value that a replica accepted as the successor of a base stamp.
 *
 * @param ballot the ballot of the acceptance; a proposer carries on the value of the highest one
 *     that its quorum names
 * @param origin the ballot of the conditional write that proposed the value first
 * @param value null: a delete
 */
public record AcceptedValue(Ballot ballot, Ballot origin, @Nullable Bytes value) {}
