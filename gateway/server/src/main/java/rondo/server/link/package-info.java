/**
 * How a node reaches others, and they it.
 *
 * <ul>
 *   <li>{@link NodeLinks} opens the node port and the connections.
 *   <li>{@link NodeAddresses} says where nodes are reached.
 *   <li>{@link StartupReplica} refuses requests while the node starts.
 *   <li>{@link ChunkEpochs} holds chunks to the epoch.
 *   <li>{@link LeaseRevocation} tells other gateways to forget what they have leased.
 * </ul>
 */
@NullMarked
package rondo.server.link;

import org.jspecify.annotations.NullMarked;
