/**
 * The shards of a bucket. {@link rondo.metadata.shard.Ranges} says which keys are in which; a
 * {@link rondo.metadata.shard.Mover} moves the tails of some, by a {@code Move} ({@code Source}, as
 * a {@code Snapshot} and what changes after it) into another ({@code Target}), asks nodes by {@code
 * Asking}, lays what replicas have of a key over each other by {@code Newest}, and decides in
 * buckets' rows and fences, by {@code Registry}; it may end in a {@code GivenUpException}. What a
 * shard refuses is its {@link rondo.metadata.shard.Fence}; {@link rondo.metadata.shard.Moved} tells
 * who was refused where the keys are, and others their {@link rondo.metadata.shard.Home}; a {@link
 * rondo.metadata.shard.Cleaner} removes what was left.
 */
@NullMarked
package rondo.metadata.shard;

import org.jspecify.annotations.NullMarked;
