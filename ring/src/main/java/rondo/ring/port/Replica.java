package rondo.ring.port;

import java.util.List;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.NodeId;

/**
 * What a node does with a request. Thread-safe; runs on a virtual thread and may wait for a disk.
 */
public interface Replica {
  /**
   * Answers; everything that the reply says has happened is on stable storage before it returns.
   */
  Reply handle(NodeId from, Request request);

  /**
   * Forgets these rows, where their state is still this one: others hold them now. It may come back
   * after a crash.
   */
  default void drop(List<Row> rows) {}
}
