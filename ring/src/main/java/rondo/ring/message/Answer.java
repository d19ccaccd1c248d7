package rondo.ring.message;

import rondo.ring.value.NodeId;

/** A reply and the node that gave it. */
public record Answer(NodeId from, Reply reply) {}
