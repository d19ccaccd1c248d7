package rondo.ring.gossip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.NodeState;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * What is known of other nodes, and which are suspected: never called dead, a suspected node only
 * moves to the end of queues. News count from wherever they come, so that a node that can't be
 * reached from here, but from others, is not suspected; and what others suspect is never believed.
 * Thread-safe.
 */
public final class PeerStates {
  private static final long ROUND_NANOS = 1_000_000_000L;

  /** News of each of so many nodes take about a round longer. */
  private static final int NODES_PER_ROUND = 64;

  private final Time time;
  private final Map<NodeId, Peer> peers = new TreeMap<>();
  private final long startedAt;

  private static final class Peer {
    NodeState fact;
    final PhiAccrualDetector arrivals;

    Peer(NodeState fact, PhiAccrualDetector arrivals) {
      this.fact = fact;
      this.arrivals = arrivals;
    }
  }

  PeerStates(Time time) {
    this.time = time;
    this.startedAt = time.nanos();
  }

  /** Takes note; true when these are later news than were known. */
  synchronized boolean heard(NodeState fact) {
    long now = time.nanos();
    Peer peer = peers.get(fact.node());
    if (peer == null) {
      peers.put(fact.node(), new Peer(fact.suspectedIf(false), arrivals(now)));
      return true;
    }
    boolean later = fact.isLaterThan(peer.fact);
    peer.fact = peer.fact.and(fact).suspectedIf(false);
    if (later) {
      peer.arrivals.arrived(now);
    }
    return later;
  }

  private PhiAccrualDetector arrivals(long since) {
    return new PhiAccrualDetector(
        since, ROUND_NANOS + ROUND_NANOS * peers.size() / NODES_PER_ROUND);
  }

  /** Forgets nodes that are members no more. */
  synchronized void keep(List<NodeId> members) {
    peers.keySet().retainAll(members);
  }

  synchronized @Nullable public NodeState of(NodeId node) {
    Peer peer = peers.get(node);
    return peer == null ? null : peer.fact;
  }

  synchronized boolean suspected(NodeId node) {
    long now = time.nanos();
    Peer peer = peers.get(node);
    return peer == null ? arrivals(startedAt).isSuspicious(now) : peer.arrivals.isSuspicious(now);
  }

  /** What is known of these nodes, as it is passed on. */
  synchronized List<NodeState> facts(List<NodeId> nodes) {
    var facts = new ArrayList<NodeState>();
    long now = time.nanos();
    for (NodeId node : nodes) {
      Peer peer = peers.get(node);
      if (peer != null) {
        facts.add(peer.fact.suspectedIf(peer.arrivals.isSuspicious(now)));
      }
    }
    return facts;
  }

  /** This node was asleep for so long: nobody else is to blame for the silence. */
  synchronized void excuse(long nanos) {
    peers.values().forEach(peer -> peer.arrivals.excuse(nanos));
  }
}
