package rondo.ring.coordinate;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Time;

/**
 * Which nodes were silent a moment ago: they are asked like all others, but nobody waits for them.
 * Thread-safe.
 */
final class Suspects {
  /** Long enough that a dead node costs few requests a delay, short enough to notice its return. */
  private static final long SUSPECTED_NANOS = 2_000_000_000L;

  private final Time time;
  private final Map<NodeId, Long> silentAt = new ConcurrentHashMap<>();

  Suspects(Time time) {
    this.time = time;
  }

  void silent(NodeId node) {
    silentAt.put(node, time.nanos());
  }

  void heard(NodeId node) {
    silentAt.remove(node);
  }

  /** Who answers first, as far as anybody knows: oneself, else the first that is not suspected. */
  NodeId likeliest(NodeId self, List<NodeId> nodes) {
    if (nodes.contains(self)) {
      return self;
    }
    return nodes.stream().filter(node -> !suspected(node)).findFirst().orElse(nodes.getFirst());
  }

  private boolean suspected(NodeId node) {
    Long at = silentAt.get(node);
    return at != null && time.nanos() - at < SUSPECTED_NANOS;
  }
}
