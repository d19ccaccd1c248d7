package rondo.ring.gossip;

import static java.util.Objects.requireNonNull;

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
 * others can reach, but not this one, is not suspected. The suspicions of others don't count. What
 * was heard is recorded now and then, since a node must be told what it may have forgotten.
 * Thread-safe.
 */
public final class PeerStates {
  private static final long ROUND_NANOS = 1_000_000_000L;

  /** With every 64 nodes more, news of one node takes about a round longer to arrive. */
  private static final int NODES_PER_ROUND = 64;

  /** A state is recorded anew at each start of its node, and after so many of its rounds. */
  private static final long RECORDED_ROUNDS = 30;

  private final Time time;
  private final PeerRecord record;

  /** What the disk has: news from before this node's start, which doesn't count as being heard. */
  private final Map<NodeId, NodeState> recorded = new TreeMap<>();

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

  PeerStates(Time time, PeerRecord record) {
    this.time = time;
    this.record = record;
    record.load().forEach(state -> recorded.put(state.node(), state));
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
    recorded.keySet().retainAll(members);
  }

  /** The latest state of a node that this one has ever heard; null when there is none. */
  synchronized @Nullable NodeState lastKnown(NodeId node) {
    NodeState now = of(node);
    NodeState before = recorded.get(node);
    if (now == null || before == null) {
      return now == null ? before : now;
    }
    return now.and(before);
  }

  /** Records what was heard, if that is much more than what the disk has. */
  void record() {
    List<NodeState> states = worthRecording();
    if (!states.isEmpty()) {
      record.keep(states);
    }
  }

  private synchronized List<NodeState> worthRecording() {
    if (peers.values().stream().noneMatch(this::isOutgrown)) {
      return List.of();
    }
    peers.keySet().forEach(node -> recorded.put(node, requireNonNull(lastKnown(node))));
    return List.copyOf(recorded.values());
  }

  private boolean isOutgrown(Peer peer) {
    NodeState before = recorded.get(peer.state.node());
    return before == null
        || peer.state.incarnation() > before.incarnation()
        || peer.state.epoch() > before.epoch()
        || (peer.state.isLaterThan(before)
            && peer.state.round() >= before.round() + RECORDED_ROUNDS);
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
