/**
 * Who holds what. A {@link Ring} cuts the hash space into partitions; {@link Node}s, named by
 * {@link NodeId}, hold them as an {@link Assignment} says, with as many copies and answers as
 * {@link Replication} asks; {@code Balance} computes it from {@code Quotas} in {@code Slots}, by
 * {@code Chains} of moves where it must. A {@link Layout} is all of that under an epoch, {@link
 * LayoutCodec} its bytes and {@link RingDrawing} its picture; for one partition it gives a {@link
 * Placement} of {@link ReplicaSet}s.
 */
@NullMarked
package rondo.ring.placement;

import org.jspecify.annotations.NullMarked;
