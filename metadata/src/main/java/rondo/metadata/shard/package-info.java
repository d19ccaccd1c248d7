/** The shards of a bucket: what one refuses is its {@link rondo.metadata.shard.Fence}. */
@NullMarked
package rondo.metadata.shard;

import org.jspecify.annotations.NullMarked;
