/**
 * The operations of a coordinator on registers.
 *
 * <ul>
 *   <li>{@link Coordinator}: the entry: reads, writes, conditional writes and listings of
 *       registers.
 *   <li>{@link CoordinatorContext}: the ports and settings that one coordinator's operations share.
 *   <li>{@link ConsistencyLevel}: how much agreement a read waits for.
 *   <li>{@link Attempts}: leads an operation from attempt to attempt, after a key that may move.
 *   <li>{@link RetryPolicy}: decides whether a round that failed is worth another.
 *   <li>{@link KeyLocator}: finds registers that have moved.
 *   <li>{@link HedgedRound}: asks a quorum first, and the other replicas when it keeps silent.
 *   <li>{@link QueryPhase}: asks for the newest state of a key.
 *   <li>{@link ReadOperation}: one read.
 *   <li>{@link WriteOperation}: brings a state to a write quorum.
 *   <li>{@link ValueFactory}: makes the value of a plain write.
 *   <li>{@link ConditionalWrite}: one conditional write: Paxos ballots until a successor is chosen.
 *   <li>{@link Decision}: a conditional write's decision on the current state.
 *   <li>{@link ConditionalResult}: the result of a conditional write.
 *   <li>{@link SettleOperation}: brings a key and its unfinished conditional write to a write
 *       quorum.
 *   <li>{@link ScanOperation}: one listing.
 *   <li>{@link PageRound}: asks a read quorum for a page.
 *   <li>{@link PageMerge}: merges the pages of replicas.
 *   <li>{@link RowVisibility}: decides which rows a listing shows.
 * </ul>
 */
@NullMarked
package rondo.ring.coordinate;

import org.jspecify.annotations.NullMarked;
