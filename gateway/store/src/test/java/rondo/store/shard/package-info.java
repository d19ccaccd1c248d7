/** The decisions on shards alone; their effects are tested with the store. */
@NullMarked
package rondo.store.shard;

import org.jspecify.annotations.NullMarked;
