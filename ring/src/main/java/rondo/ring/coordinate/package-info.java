/**
 * What a coordinator does.
 *
 * <ul>
 *   <li>{@link Coordinator}: the door: reads, writes, conditional writes and listings of registers.
 *   <li>{@link CoordinatorContext}: what the operations of one coordinator share.
 *   <li>{@link ConsistencyLevel}: how much agreement a read waits for.
 *   <li>{@link Attempts}: an operation's way from attempt to attempt, after a key that may move.
 *   <li>{@link RetryPolicy}: whether a round that failed is worth another.
 *   <li>{@link KeyLocator}: where registers have moved.
 *   <li>{@link HedgedRound}: asks a quorum first, and the other replicas when it keeps silent.
 *   <li>{@link QueryPhase}: asks for the newest state of a key.
 *   <li>{@link ReadOperation}: one read.
 *   <li>{@link WriteOperation}: brings a state to a write quorum.
 *   <li>{@link ValueFactory}: makes the value of a plain write.
 *   <li>{@link ConditionalWrite}: one conditional write: Paxos ballots until one is decided.
 *   <li>{@link Decision}: what a conditional write decides when it sees the current state.
 *   <li>{@link ConditionalResult}: what a conditional write came to.
 *   <li>{@link SettleOperation}: brings a key, and what is unfinished on it, to a write quorum.
 *   <li>{@link ScanOperation}: one listing.
 *   <li>{@link PageRound}: asks a read quorum for a page.
 *   <li>{@link PageMerge}: lays the pages of replicas over each other.
 *   <li>{@link RowVisibility}: which rows a listing shows.
 * </ul>
 */
@NullMarked
package rondo.ring.coordinate;

import org.jspecify.annotations.NullMarked;
