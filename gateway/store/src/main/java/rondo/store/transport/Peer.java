package rondo.store.transport;

import rondo.ring.value.NodeId;

/** This node as others see it, with the credentials that prove its membership of the cluster. */
public record Peer(NodeId self, String cluster, Authority.Credentials credentials) {}
