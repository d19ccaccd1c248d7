/**
 * Layouts and news of nodes on their way through the cluster, and what a node does with them.
 *
 * <ul>
 *   <li>{@link Gossip}: pings that carry layouts and news of nodes.
 *   <li>{@link LocalNode}: this node's own life, as others hear of it.
 *   <li>{@link PeerStates}: what is known of other nodes, and which are suspected.
 *   <li>{@link PhiAccrualDetector}: how unlikely the silence of one node is.
 *   <li>{@link LayoutKeeper}: the layouts of this node: installed, and in use.
 *   <li>{@link LayoutStore}: where they are kept.
 *   <li>{@link ProximityOrder}: the order in which replicas are asked.
 *   <li>{@link EpochGate}: lets in the requests of the installed epoch only.
 *   <li>{@link RequestFence}: holds requests on rows to the epoch.
 *   <li>{@link ChunkFence}: holds writes of chunks to the epoch.
 *   <li>{@link TouchedPartitions}: which partitions the last epochs have changed.
 * </ul>
 */
@NullMarked
package rondo.ring.gossip;

import org.jspecify.annotations.NullMarked;
