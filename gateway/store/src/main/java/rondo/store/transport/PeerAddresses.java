package rondo.store.transport;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;

/** The addresses of nodes. Thread-safe; never blocks. */
@FunctionalInterface
public interface PeerAddresses {
  /** The "host:port" of a node; null when it isn't known. */
  @Nullable String of(NodeId node);
}
