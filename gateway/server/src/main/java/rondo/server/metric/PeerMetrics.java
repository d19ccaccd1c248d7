package rondo.server.metric;

import rondo.store.transport.PeerCounters;

/** Messages between a node and the others. */
public record PeerMetrics(PeerCounters peers) implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    reading.put("rondo_peer_requests_sent_total", peers.sent());
    reading.put("rondo_peer_requests_served_total", peers.served());
    reading.put("rondo_peer_connections_refused_total", peers.refused());
  }
}
