/**
 * Splits, merges and moves of shards, and copies of blobs whose bucket changes its number of
 * copies.
 *
 * <ul>
 *   <li>{@link ShardWorker} splits and merges the shards that its node is assigned.
 *   <li>{@link ShardSettings} say when.
 *   <li>{@link Assignment} says which node works on a bucket.
 *   <li>{@link ShardSizes} are the sizes of the shards that a node holds.
 *   <li>{@link ShardLoads} count the writes that shards see in a second.
 *   <li>{@link ShardMoveContext} is what a move of keys works with.
 *   <li>{@link AbandonedMoves} tells which moves no node goes on with.
 *   <li>{@link GoneBuckets} removes what deleted buckets leave.
 *   <li>{@link CopiesWorker} copies blobs whose bucket has changed its number of copies.
 *   <li>{@link BucketRows} walks through the rows of all buckets.
 *   <li>{@link ShardCounters} tell what the workers did.
 * </ul>
 */
@NullMarked
package rondo.store.shard;

import org.jspecify.annotations.NullMarked;
