/**
 * Who splits, merges and moves shards: the {@link rondo.gateway.shard.ShardWorker}, as the {@link
 * rondo.gateway.shard.ShardSettings} say, by the {@link rondo.gateway.shard.Sizes} and {@code
 * Loads} of what its node holds, with what its node is {@link rondo.gateway.shard.Moving} them;
 * moves whose mover is gone are {@code Abandoned}; {@link rondo.gateway.shard.GoneBuckets} leave
 * nothing. The {@link rondo.gateway.shard.CopiesWorker} copies blobs that have another number of
 * copies than their bucket. Both go through all {@code BucketRows}; the {@link
 * rondo.gateway.shard.ShardCounters} tell what they did.
 */
@NullMarked
package rondo.gateway.shard;

import org.jspecify.annotations.NullMarked;
