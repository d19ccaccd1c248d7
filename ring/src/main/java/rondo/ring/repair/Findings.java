package rondo.ring.repair;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Time;

/** What is known to be not whole, and since when. Thread-safe. */
final class Findings {
  private final Time time;
  private final Map<NodeId, Map<Integer, Long>> differing = new TreeMap<>();
  private final Map<NodeId, Unreachable> unreachable = new TreeMap<>();
  private long looks;
  private boolean moving;

  /** Partitions whose replica on one node can't be asked. */
  private record Unreachable(int partitions, long since) {}

  Findings(Time time) {
    this.time = time;
  }

  /** Forgets what isn't shared any more. */
  synchronized void keep(Map<NodeId, BitSet> shared) {
    differing.keySet().retainAll(shared.keySet());
    unreachable.keySet().retainAll(shared.keySet());
    differing.forEach((peer, since) -> {
      BitSet partitions = shared.getOrDefault(peer, new BitSet());
      since.keySet().removeIf(p -> !partitions.get(p));
    });
  }

  synchronized void unreachable(NodeId peer, BitSet partitions) {
    Unreachable known = unreachable.get(peer);
    long since = known == null ? time.nanos() : known.since();
    unreachable.put(peer, new Unreachable(partitions.cardinality(), since));
  }

  synchronized void differs(NodeId peer, int partition) {
    differing.computeIfAbsent(peer, _ -> new TreeMap<>()).putIfAbsent(partition, time.nanos());
  }

  synchronized void equal(NodeId peer, int partition) {
    unreachable.remove(peer);
    Map<Integer, Long> known = differing.get(peer);
    if (known != null) {
      known.remove(partition);
    }
  }

  synchronized void looked(boolean joint) {
    looks++;
    moving = joint;
  }

  synchronized RepairStatus status(long pulled, long pushed) {
    long now = time.nanos();
    long differs = differing.values().stream().mapToLong(Map::size).sum();
    long silent = unreachable.values().stream().mapToLong(Unreachable::partitions).sum();
    long oldest = now;
    for (Map<Integer, Long> known : differing.values()) {
      oldest = known.values().stream().mapToLong(Long::longValue).reduce(oldest, Math::min);
    }
    for (Unreachable known : unreachable.values()) {
      oldest = Math.min(oldest, known.since());
    }
    boolean whole = looks > 0 && !moving && differs == 0 && silent == 0;
    return new RepairStatus(whole, differs, silent, now - oldest, looks, pulled, pushed);
  }
}
