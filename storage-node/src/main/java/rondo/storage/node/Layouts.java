package rondo.storage.node;

import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.NodeId;
import rondo.ring.register.Bytes;

/** What a replica asks of the one that knows the layouts. Thread-safe. */
public interface Layouts {
  /** The epoch of the newest layout that is installed here; only ever rises. */
  long epoch();

  /** The partition of the ring that a partition key belongs to. */
  int partitionOf(Bytes partitionKey);

  /** Answers what nodes tell each other about layouts. */
  Reply answer(NodeId from, Request.Membership request);
}
