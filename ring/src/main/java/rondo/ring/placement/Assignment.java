package rondo.ring.placement;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which nodes hold each partition.
 *
 * @param replication of every partition
 * @param owners by partition: {@code replication.n} distinct nodes, sorted
 */
public record Assignment(Replication replication, List<List<NodeId>> owners) {
  public Assignment {
    owners = owners.stream().map(set -> set.stream().sorted().toList()).toList();
    for (List<NodeId> set : owners) {
      if (set.size() != replication.n() || set.stream().distinct().count() != set.size()) {
        throw new IllegalArgumentException(set + " for " + replication);
      }
    }
  }

  public List<NodeId> of(int partition) {
    return owners.get(partition);
  }

  /** How many partitions each node holds; nodes that hold none are left out. */
  public Map<NodeId, Integer> load() {
    var load = new TreeMap<NodeId, Integer>();
    owners.forEach(set -> set.forEach(node -> load.merge(node, 1, Integer::sum)));
    return load;
  }

  /** Who holds anything, sorted. */
  public List<NodeId> holders() {
    return owners.stream().flatMap(List::stream).distinct().sorted().toList();
  }

  /** The partitions that this node holds. */
  public BitSet heldBy(NodeId node) {
    var held = new BitSet(owners.size());
    for (int p = 0; p < owners.size(); p++) {
      if (of(p).contains(node)) {
        held.set(p);
      }
    }
    return held;
  }

  /** Copies that have to be made to get here from {@code from}. */
  public int copiesFrom(Assignment from) {
    int copies = 0;
    for (int p = 0; p < owners.size(); p++) {
      List<NodeId> before = from.of(p);
      copies += (int) of(p).stream().filter(node -> !before.contains(node)).count();
    }
    return copies;
  }

  /** Whether another rule decides about this partition: other nodes, or other quorums. */
  boolean differsAt(int partition, Assignment other) {
    return !replication.equals(other.replication) || !of(partition).equals(other.of(partition));
  }

  ReplicaSet replicas(int partition, int needed) {
    return new ReplicaSet(of(partition), needed);
  }
}
