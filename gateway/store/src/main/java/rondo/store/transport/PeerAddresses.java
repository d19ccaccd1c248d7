package rondo.store.transport;

import org.jspecify.annotations.Nullable;
import rondo.ring.value.NodeId;

/** Where nodes are. Thread-safe; never blocks. */
@FunctionalInterface
public interface PeerAddresses {
  /** The "host:port" of a node; null when nobody has heard of it. */
  @Nullable String of(NodeId node);
}
