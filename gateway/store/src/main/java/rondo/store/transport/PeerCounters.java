package rondo.store.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import rondo.ring.value.NodeId;

/** Counts the requests and refused connections of the node port since the start. Thread-safe. */
public final class PeerCounters {
  final LongAdder sent = new LongAdder();
  final LongAdder served = new LongAdder();
  final LongAdder refused = new LongAdder();
  private final ConcurrentMap<NodeId, PeerUse> uses = new ConcurrentHashMap<>();

  /** The messages to each node that was called; a node whose id isn't known yet has none. */
  public Map<NodeId, PeerUse> byNode() {
    return Map.copyOf(uses);
  }

  PeerUse of(NodeId node) {
    return uses.computeIfAbsent(node, first -> new PeerUse());
  }

  /** Requests sent to other nodes. */
  public long sent() {
    return sent.sum();
  }

  /** Requests of other nodes that this node answered. */
  public long served() {
    return served.sum();
  }

  /** Connections closed because they carried garbage, another version or another cluster. */
  public long refused() {
    return refused.sum();
  }
}
