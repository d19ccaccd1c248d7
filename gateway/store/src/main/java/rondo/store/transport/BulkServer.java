package rondo.store.transport;

import io.vertx.core.net.NetSocket;
import java.util.function.BooleanSupplier;

/** Answers the bulk transfers of other nodes. Thread-safe. */
@FunctionalInterface
public interface BulkServer {
  /**
   * Serves an accepted connection whose greeting is done, until it closes. Called on the socket's
   * event loop before anything more was read from it, or with the socket paused.
   *
   * @param admitted whether the other side may still ask; a request after that ends the connection
   */
  void serve(NetSocket socket, BooleanSupplier admitted);
}
