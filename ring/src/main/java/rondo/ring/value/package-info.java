/**
 * The values that every other package may know. A leaf: it knows no other package of the house.
 *
 * <ul>
 *   <li>{@link Bytes}: an immutable string of bytes.
 *   <li>{@link Key}: the name of a register: table, partition key and sort key.
 *   <li>{@link Stamp}: a write's place in the total order of its key.
 *   <li>{@link VersionedValue}: a register's state: a value under the stamp of its write.
 *   <li>{@link NodeId}: the name of a node.
 *   <li>{@link Ballot}: a Paxos ballot.
 *   <li>{@link AcceptedValue}: a value that a replica accepted at a ballot.
 * </ul>
 */
@NullMarked
package rondo.ring.value;

import org.jspecify.annotations.NullMarked;
