package rondo.store.transport;

import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import rondo.ring.value.NodeId;

/** Opens connections for bulk transfers to other nodes of the cluster. Thread-safe. */
@FunctionalInterface
public interface BulkDialer {
  /**
   * Opens a bulk connection to that node and exchanges greetings. Fails within the dialer's own
   * time limit.
   */
  Future<NetSocket> dial(NodeId to);
}
