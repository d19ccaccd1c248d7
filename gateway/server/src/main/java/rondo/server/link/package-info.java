/**
 * How a node reaches other nodes, and how they reach it.
 *
 * <ul>
 *   <li>{@link NodeLinks} opens the node port and the connections.
 *   <li>{@link LayoutRegister} knows the public keys of the members.
 *   <li>{@link NodeAddresses} knows where nodes are reached.
 *   <li>{@link StartupReplica} refuses requests while the node starts.
 *   <li>{@link ChunkEpochs} binds writes of chunks to the layout's epoch.
 *   <li>{@link LeaseRevocation} tells other gateways to forget a bucket's row.
 *   <li>{@link AuditLinks} reaches the audit logs of other nodes.
 * </ul>
 */
@NullMarked
package rondo.server.link;

import org.jspecify.annotations.NullMarked;
