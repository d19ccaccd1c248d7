/**
 * Gossip spreads layouts and states of nodes; each node holds its requests to its newest layout.
 *
 * <ul>
 *   <li>{@link Gossip}: pings that carry layouts and states of nodes.
 *   <li>{@link Vouchers}: those whom the node has heard, and by whom it may vote and answer.
 *   <li>{@link RoundRecord}: the rounds that a node may have told, on its disk.
 *   <li>{@link PeerRecord}: what this node has heard of others, on its disk.
 *   <li>{@link LocalNode}: this node's own state, as it announces it.
 *   <li>{@link PeerStates}: the states of other nodes, and which of them are suspected.
 *   <li>{@link PhiAccrualDetector}: how unlikely the silence of one node is.
 *   <li>{@link LayoutKeeper}: this node's layouts: the installed one, and the one in use.
 *   <li>{@link KnownLayout}: the newest layout of a node, and the one that it uses.
 *   <li>{@link LayoutStore}: keeps them durably.
 *   <li>{@link ProximityOrder}: sorts replicas into the order in which they are asked.
 *   <li>{@link EpochGate}: lets in the requests of the installed epoch only.
 *   <li>{@link RequestFence}: holds requests on rows to the epoch.
 *   <li>{@link ChunkFence}: holds writes of chunks to the epoch.
 *   <li>{@link TouchedPartitions}: the partitions that the last epochs have changed.
 * </ul>
 */
@NullMarked
package rondo.ring.gossip;

import org.jspecify.annotations.NullMarked;
