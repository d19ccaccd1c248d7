package rondo.server.metric;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;
import rondo.server.link.NodeLinks;
import rondo.store.transport.PeerCounters;
import rondo.store.transport.PeerUse;

/** Messages between a node and the others of its layout, which are called by their names. */
public record PeerMetrics(NodeLinks links, Membership membership) implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    PeerCounters peers = links.counters();
    reading.put("rondo_peer_requests_sent_total", peers.sent());
    reading.put("rondo_peer_requests_served_total", peers.served());
    reading.put("rondo_peer_connections_refused_total", peers.refused());
    @Nullable Layout layout = membership.layout();
    if (layout != null) {
      Map<NodeId, PeerUse> uses = peers.byNode();
      RingDrawing.nodes(layout).stream()
          .filter(node -> !node.id().equals(links.self()))
          .forEach(node -> read(reading, node, uses.get(node.id())));
    }
  }

  private void read(MetricReading reading, Node node, @Nullable PeerUse use) {
    String name = node.label();
    reading.put("rondo_peer_down", membership.suspected(node.id()) ? 1 : 0, name);
    reading.put("rondo_peer_chunks_suspected", links.chunks().isSuspect(node.id()) ? 1 : 0, name);
    if (use != null) {
      reading.put("rondo_peer_messages_total", use.sent(), name);
      reading.put("rondo_peer_failures_total", use.failed(), name);
      reading.put("rondo_peer_answer_seconds", use.answered(), name);
    }
  }
}
