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
 * The states of other nodes, and which of them are suspected. A suspected node is never called
 * dead; it only moves to the end of queues. News counts wherever it comes from, so a node that
 * others can reach, but not this one, is not suspected. The suspicions of others don't count.
 * Thread-safe.
 */
public final class PeerStates {
  private static final long ROUND_NANOS = 1_000_000_000L;

  /** With every 64 nodes more, news of one node takes about a round longer to arrive. */
  private static final int NODES_PER_ROUND = 64;

  private final Time time;
  private final Map<NodeId, Peer> peers = new TreeMap<>();
  private final long startedAt;

  private static final class Peer {
    NodeState state;
    final PhiAccrualDetector arrivals;

    Peer(NodeState state, PhiAccrualDetector arrivals) {
      this.state = state;
      this.arrivals = arrivals;
    }
  }

  PeerStates(Time time) {
    this.time = time;
    this.startedAt = time.nanos();
  }

  /** Notes a state; true when it is later than the known one. */
  synchronized boolean heard(NodeState state) {
    long now = time.nanos();
    Peer peer = peers.get(state.node());
    if (peer == null) {
      peers.put(state.node(), new Peer(state.suspectedIf(false), arrivals(now)));
      return true;
    }
    boolean later = state.isLaterThan(peer.state);
    peer.state = peer.state.and(state).suspectedIf(false);
    if (later) {
      peer.arrivals.arrived(now);
    }
    return later;
  }

  private PhiAccrualDetector arrivals(long since) {
    return new PhiAccrualDetector(
        since, ROUND_NANOS + ROUND_NANOS * peers.size() / NODES_PER_ROUND);
  }

  /** Forgets nodes that are no longer members. */
  synchronized void keep(List<NodeId> members) {
    peers.keySet().retainAll(members);
  }

  synchronized @Nullable public NodeState of(NodeId node) {
    Peer peer = peers.get(node);
    return peer == null ? null : peer.state;
  }

  /** The release of a node's program; 0 while the node isn't heard. */
  public synchronized int release(NodeId node) {
    Peer peer = peers.get(node);
    return peer == null || peer.arrivals.isSuspicious(time.nanos()) ? 0 : peer.state.release();
  }

  synchronized boolean suspected(NodeId node) {
    long now = time.nanos();
    Peer peer = peers.get(node);
    return peer == null ? arrivals(startedAt).isSuspicious(now) : peer.arrivals.isSuspicious(now);
  }

  /** The states of these nodes, with this node's own suspicions, to be passed on. */
  synchronized List<NodeState> states(List<NodeId> nodes) {
    var states = new ArrayList<NodeState>();
    long now = time.nanos();
    for (NodeId node : nodes) {
      Peer peer = peers.get(node);
      if (peer != null) {
        states.add(peer.state.suspectedIf(peer.arrivals.isSuspicious(now)));
      }
    }
    return states;
  }

  /**
   * Notes that this node was asleep for {@code nanos}: the others' silence meanwhile doesn't count.
   */
  synchronized void excuse(long nanos) {
    peers.values().forEach(peer -> peer.arrivals.excuse(nanos));
  }
}
