/**
 * The shards of a bucket, and how they split, merge and move while clients write.
 *
 * <ul>
 *   <li>{@link ShardRanges} says which keys are in which shard.
 *   <li>{@link ShardFence} says which requests a shard refuses.
 *   <li>{@link KeyHome} is the shard in which the rows of a key are now.
 *   <li>{@link TailLocator} finds the shard of keys whose tail was closed.
 *   <li>{@link ShardMover} moves the tails of shards into a shard of their own.
 *   <li>{@link MoveRun} is one such move, from its first step to its last.
 *   <li>{@link MoveRegistry} has the registers in which moves are decided: buckets' rows and
 *       fences.
 *   <li>{@link MoveRequests} sends requests to the nodes of a move.
 *   <li>{@link MoveSource} is a shard whose tail moves.
 *   <li>{@link TailSnapshot} merges the tails of a source's replicas.
 *   <li>{@link NewestRow} merges the rows that the replicas have of one key.
 *   <li>{@link MoveTarget} is the shard that rows are copied to.
 *   <li>{@link MoveAbandonedException} says that a move can't go on.
 *   <li>{@link MoveCleaner} removes the rows that moves have left behind.
 * </ul>
 */
@NullMarked
package rondo.metadata.shard;

import org.jspecify.annotations.NullMarked;
