/**
 * Who holds what. A {@link Ring} cuts the hash space into partitions; {@link Node}s, named by
 * {@link NodeId}, hold them as an {@link Assignment} says, with as many copies and answers as
 * {@link Replication} asks for the class of a key; {@link Owners} hold equal ones. {@code Balance}
 * computes it from {@code Quotas} in {@code Slots}, by {@code Chains} of moves where it must.
 * {@link Members} are the nodes as they describe themselves and as the operator's {@link Order}s
 * have it, which leave each a {@link Standing}. A {@link Layout} is all of that under an epoch,
 * with the {@link Move} that is under way, {@link LayoutCodec} its bytes, as a {@code LayoutBuffer}
 * takes them, {@link RingDrawing} its picture, and a {@link Plan} what would move; for one
 * partition it gives a {@link Placement} of {@link ReplicaSet}s, of which a key may ask larger
 * {@link Quorums}.
 */
@NullMarked
package rondo.ring.placement;

import org.jspecify.annotations.NullMarked;
