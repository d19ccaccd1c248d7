package rondo.gateway.peer;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.NodeId;

/** Where nodes are. Thread-safe; never blocks. */
@FunctionalInterface
public interface Addresses {
  /** The "host:port" of a node; null when nobody has heard of it. */
  @Nullable String of(NodeId node);
}
