/**
 * The nodes' connections: one for messages to each other node, and further ones for bulk transfers.
 *
 * <ul>
 *   <li>{@link Authority} is a cluster's certificate authority and issues the nodes' credentials.
 *   <li>{@link Peer} is a node as others know it: its id, its cluster and its credentials.
 *   <li>{@link PeerIdentity} is the node at the other end of a connection, as it has proved itself.
 *   <li>{@link PeerRegister} knows which public keys belong to the cluster now.
 *   <li>{@link PeerTls} sets up mutual TLS with these credentials.
 *   <li>{@link Greeting} begins every connection and names its kind.
 *   <li>{@link ConnectionRefusal} says in its place why a connection is closed.
 *   <li>{@link GreetingReader} reads the greeting of an accepted connection.
 *   <li>{@link MessageFrames} cuts the stream behind the greeting into messages.
 *   <li>{@link PeerAddresses} knows where each node listens.
 *   <li>{@link PeerDialer} opens connections.
 *   <li>{@link PeerConnection} is an open connection with its unanswered requests.
 *   <li>{@link PeerNetwork} is the ring's network, made of these connections.
 *   <li>{@link PeerServer} accepts the connections of other nodes and answers their requests.
 *   <li>{@link TlsFailure} says what is wrong with a certificate, and what mends it.
 *   <li>{@link RefusalLog} logs why connections are refused.
 *   <li>{@link PeerCounters} counts the requests and refusals of the node port.
 *   <li>{@link PeerUse} counts the messages to one node.
 *   <li>{@link BulkDialer} opens connections for bulk transfers.
 *   <li>{@link BulkServer} takes over accepted connections for bulk transfers.
 * </ul>
 */
@NullMarked
package rondo.store.transport;

import org.jspecify.annotations.NullMarked;
