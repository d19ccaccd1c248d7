package rondo.store.transport;

import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import rondo.ring.value.NodeId;

/** Opens connections for bulk transfers to other nodes of the cluster. Thread-safe. */
@FunctionalInterface
public interface BulkDialer {
  /**
   * A new bulk connection to that node, past its greeting; or a failure, within the dialer's own
   * time limit.
   */
  Future<NetSocket> dial(NodeId to);
}
