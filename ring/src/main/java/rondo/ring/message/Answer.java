package rondo.ring.message;

import rondo.ring.placement.NodeId;

/** A reply and who gave it. */
public record Answer(NodeId from, Reply reply) {}
