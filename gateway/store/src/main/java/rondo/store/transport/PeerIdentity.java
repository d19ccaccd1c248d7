package rondo.store.transport;

import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * A node at the other end of a connection, as it has proved itself.
 *
 * @param node the id in its greeting
 * @param key the SHA-256 of the public key whose private key it has
 * @param vouched whether the cluster's authority has signed its certificate, under that id
 */
public record PeerIdentity(NodeId node, Bytes key, boolean vouched) {}
