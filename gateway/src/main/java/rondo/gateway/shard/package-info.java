/**
 * Who splits and merges shards: the {@link rondo.gateway.shard.ShardWorker}, as the {@link
 * rondo.gateway.shard.ShardSettings} say, by the {@code Sizes} of what its node holds; moves whose
 * mover is gone are {@code Abandoned}; the {@link rondo.gateway.shard.ShardCounters} tell what it
 * did.
 */
@NullMarked
package rondo.gateway.shard;

import org.jspecify.annotations.NullMarked;
