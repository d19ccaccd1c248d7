/**
 * Splits, merges and moves shards, and copies blobs when a bucket's number of copies changes.
 *
 * <ul>
 *   <li>{@link ShardWorker} splits and merges the shards that its node is assigned.
 *   <li>{@link ShardSettings} decides when a shard is split, merged or renewed.
 *   <li>{@link BucketAssignment} says which node works on a bucket.
 *   <li>{@link ShardSizes} counts the rows of the shards that a node holds.
 *   <li>{@link ShardLoads} measures the shards' writes a second.
 *   <li>{@link ShardMoveContext} holds the parts that a move of keys needs.
 *   <li>{@link AbandonedMoves} finds the moves whose mover is gone.
 *   <li>{@link GoneBuckets} removes the remains of deleted buckets.
 *   <li>{@link CopiesWorker} copies blobs whose bucket has changed its number of copies.
 *   <li>{@link BucketRows} walks over the rows of all buckets.
 *   <li>{@link ShardCounters} counts the workers' results.
 * </ul>
 */
@NullMarked
package rondo.store.shard;

import org.jspecify.annotations.NullMarked;
