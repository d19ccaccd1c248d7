package rondo.ring.port;

import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.value.NodeId;

/**
 * Handles the requests to one node. Thread-safe; runs on a virtual thread and may wait for a disk.
 */
public interface Replica {
  /**
   * Answers a request; every change that the reply reports is on stable storage before it returns.
   */
  Reply handle(NodeId from, Request request);
}
