package rondo.ring.membership;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Time;

/**
 * What other nodes said of themselves, and when they were heard last. A node that has missed a few
 * pings is suspected, never called dead: it only moves to the end of queues. Thread-safe.
 */
final class Peers {
  /** Three pings missed, and half a second for the last one's way. */
  private static final long SUSPECTED_NANOS = 3_500_000_000L;

  private final Time time;
  private final Map<NodeId, Reply.Pong> said = new ConcurrentHashMap<>();
  private final Map<NodeId, Long> heardAt = new ConcurrentHashMap<>();
  private final long startedAt;

  Peers(Time time) {
    this.time = time;
    this.startedAt = time.nanos();
  }

  void heard(NodeId node, Reply.Pong pong) {
    heardAt.put(node, time.nanos());
    said.merge(node, pong, Peers::later);
  }

  /** Epochs only grow, and old news may arrive late. */
  private static Reply.Pong later(Reply.Pong a, Reply.Pong b) {
    return new Reply.Pong(
        Math.max(a.epoch(), b.epoch()),
        Math.max(a.active(), b.active()),
        Math.max(a.copied(), b.copied()));
  }

  Reply.@Nullable Pong of(NodeId node) {
    return said.get(node);
  }

  boolean suspected(NodeId node) {
    long at = heardAt.getOrDefault(node, startedAt);
    return time.nanos() - at > SUSPECTED_NANOS;
  }
}
