package rondo.store.transport;

import rondo.ring.value.NodeId;

/** This node, as others see it, and what shows that it belongs to the cluster. */
public record Peer(NodeId self, String cluster, Authority.Credentials credentials) {}
