package rondo.ring.port;

import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.NodeId;

/**
 * What a node does with a request. Thread-safe; runs on a virtual thread and may wait for a disk.
 */
public interface Replica {
  /**
   * Answers; everything that the reply says has happened is on stable storage before it returns.
   */
  Reply handle(NodeId from, Request request);
}
