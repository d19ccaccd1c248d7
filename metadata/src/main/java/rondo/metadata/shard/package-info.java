/**
 * The shards of a bucket, and how they split, merge and move while clients write.
 *
 * <ul>
 *   <li>{@link ShardRanges} says which keys are in which shard.
 *   <li>{@link ShardFence} says what a shard refuses.
 *   <li>{@link KeyHome} says where the rows of a key are now.
 *   <li>{@link TailLocator} finds the keys of closed tails, and waits while these are on their way.
 *   <li>{@link ShardMover} moves the tails of shards into a shard of their own.
 *   <li>{@link MoveRun} is one such move, from its first step to its last.
 *   <li>{@link MoveRegistry} has the registers in which moves are decided: buckets' rows and
 *       fences.
 *   <li>{@link MoveRequests} asks the nodes of a move.
 *   <li>{@link MoveSource} is a shard whose tail moves.
 *   <li>{@link TailSnapshot} lays the tails of a source's replicas over each other.
 *   <li>{@link NewestRow} is what the rows of one key's replicas add up to.
 *   <li>{@link MoveTarget} is the shard that rows are copied to.
 *   <li>{@link MoveAbandonedException} says that a move can't go on.
 *   <li>{@link MoveCleaner} removes what moves have left behind.
 * </ul>
 */
@NullMarked
package rondo.metadata.shard;

import org.jspecify.annotations.NullMarked;
