/**
 * How nodes speak to each other: one connection for messages to each node, and others for bulk.
 *
 * <ul>
 *   <li>{@link Authority} is a cluster's certificate authority and gives each node its credentials.
 *   <li>{@link Peer} is a node as others know it: its id, its cluster and its credentials.
 *   <li>{@link PeerTls} is mutual TLS with these credentials.
 *   <li>{@link Greeting} begins every connection, and says what the connection is for.
 *   <li>{@link GreetingReader} reads the greeting of an accepted connection.
 *   <li>{@link MessageFrames} carry messages behind the greeting.
 *   <li>{@link PeerAddresses} say where each node listens.
 *   <li>{@link PeerDialer} opens connections.
 *   <li>{@link PeerConnection} is an open connection with its unanswered requests.
 *   <li>{@link PeerNetwork} is the ring's network, made of these connections.
 *   <li>{@link PeerServer} accepts the connections of other nodes and answers their requests.
 *   <li>{@link PeerCounters} count what happened on the node port.
 *   <li>{@link BulkDialer} opens connections for bulk transfers.
 *   <li>{@link BulkServer} takes over accepted connections for bulk transfers.
 * </ul>
 */
@NullMarked
package rondo.store.transport;

import org.jspecify.annotations.NullMarked;
