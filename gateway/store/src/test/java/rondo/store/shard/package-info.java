/** What decides on shards, alone; what is done to them is tested with the store. */
@NullMarked
package rondo.store.shard;

import org.jspecify.annotations.NullMarked;
