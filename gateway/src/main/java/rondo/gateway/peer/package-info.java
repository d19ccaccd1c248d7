/**
 * What nodes say to each other, on the wire. {@link Authority} is a cluster's certificate authority
 * and gives each {@link Peer} its credentials; {@link PeerTls} is mutual TLS with them. Every
 * connection begins with a {@link Greeting}, read by {@link GreetingReader}, then carries {@link
 * Frames} of messages or bulk chunks. {@link PeerDialer} opens connections to {@link Addresses},
 * {@link PeerConnection} is an open one with its unanswered requests, {@link PeerNetwork} the
 * ring's network made of them; {@link PeerServer} is the other end, and leaves bulk to a {@link
 * BulkServer}. {@link PeerCounters} counts.
 */
@NullMarked
package rondo.gateway.peer;

import org.jspecify.annotations.NullMarked;
