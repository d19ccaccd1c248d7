package rondo.ring.repair;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * The under-replicated partitions that comparisons have found, and since when they are known.
 * Thread-safe.
 */
final class RepairFindings {
  private final Time time;
  private final Map<NodeId, Map<Integer, Long>> differing = new TreeMap<>();
  private final Map<NodeId, UnreachablePeer> unreachable = new TreeMap<>();
  private long comparing;
  private long looks;
  private boolean moving;
  private int doubts;
  private boolean trusted;

  /** The partitions whose replica on one node can't be asked. */
  private record UnreachablePeer(BitSet partitions, long since) {}

  RepairFindings(Time time) {
    this.time = time;
  }

  /** Forgets the partitions that this node and a peer no longer share. */
  synchronized void keep(Map<NodeId, BitSet> shared) {
    differing.keySet().retainAll(shared.keySet());
    unreachable.keySet().retainAll(shared.keySet());
    differing.forEach((peer, since) -> {
      BitSet partitions = shared.getOrDefault(peer, new BitSet());
      since.keySet().removeIf(p -> !partitions.get(p));
    });
  }

  synchronized void unreachable(NodeId peer, BitSet partitions) {
    UnreachablePeer known = unreachable.get(peer);
    long since = known == null ? time.nanos() : known.since();
    unreachable.put(peer, new UnreachablePeer(partitions, since));
  }

  synchronized void differs(NodeId peer, int partition) {
    differing.computeIfAbsent(peer, _ -> new TreeMap<>()).putIfAbsent(partition, time.nanos());
  }

  /** Adds to the number of partitions that have yet to be compared. */
  synchronized void comparing(long more) {
    comparing += more;
  }

  synchronized void equal(NodeId peer, int partition) {
    unreachable.remove(peer);
    Map<Integer, Long> known = differing.get(peer);
    if (known != null) {
      known.remove(partition);
    }
  }

  /** Notes that this node may have missed writes: only a comparison that begins later counts. */
  synchronized void doubt() {
    doubts++;
    trusted = false;
  }

  /** How often this node has had doubts: to be passed to {@link #looked} after a comparison. */
  synchronized int doubts() {
    return doubts;
  }

  /**
   * Notes the end of a comparison with all peers.
   *
   * @param before {@link #doubts} when it began
   */
  synchronized void looked(boolean joint, int before) {
    looks++;
    moving = joint;
    trusted = before == doubts;
  }

  synchronized RepairStatus status(long pulled, long pushed) {
    long now = time.nanos();
    long oldest = now;
    var lacking = new BitSet();
    var silent = new BitSet();
    for (Map<Integer, Long> known : differing.values()) {
      known.keySet().forEach(lacking::set);
      oldest = known.values().stream().mapToLong(Long::longValue).reduce(oldest, Math::min);
    }
    for (UnreachablePeer known : unreachable.values()) {
      silent.or(known.partitions());
      oldest = Math.min(oldest, known.since());
    }
    boolean whole = trusted && !moving && lacking.isEmpty() && silent.isEmpty();
    return new RepairStatus(whole, lacking, silent, comparing, now - oldest, looks, pulled, pushed);
  }
}
