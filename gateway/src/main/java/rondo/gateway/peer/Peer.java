package rondo.gateway.peer;

import rondo.ring.placement.NodeId;

/** This node, as others see it, and what shows that it belongs to the cluster. */
public record Peer(NodeId self, String cluster, Authority.Credentials credentials) {}
