package rondo.store.transport;

import io.vertx.core.net.NetSocket;

/** Answers the bulk transfers of other nodes. Thread-safe. */
@FunctionalInterface
public interface BulkServer {
  /**
   * Serves an accepted connection whose greeting is done, until it closes. Called on the socket's
   * event loop before anything more was read from it, or with the socket paused.
   */
  void serve(NetSocket socket);
}
