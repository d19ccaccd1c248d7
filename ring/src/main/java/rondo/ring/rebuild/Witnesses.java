package rondo.ring.rebuild;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import rondo.ring.layout.Layout;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * The replicas that a replica must copy from before it may vote again on a lost range.
 *
 * @param self the replica itself
 * @param groups the partitions that it votes on, by the sets of all their voters
 */
record Witnesses(NodeId self, Map<List<ReplicaSet>, BitSet> groups) {
  /**
   * The witnesses for a lost range; they are those of one partition if the range lies within one
   * partition key.
   */
  static Witnesses of(NodeId self, Layout layout, LostRanges.KeyRange loss) {
    Map<List<ReplicaSet>, BitSet> groups = new LinkedHashMap<>();
    if (loss.voters()) {
      var partitions = new BitSet();
      partitions.set(0, layout.partitions());
      if (layout.voters().nodes().contains(self)) {
        groups.put(List.of(layout.voters()), partitions);
      }
      return new Witnesses(self, groups);
    }
    int only = isNarrow(loss) ? layout.ring().partitionOf(loss.from().partition()) : -1;
    int end = only < 0 ? layout.partitions() : Math.min(only + 1, layout.partitions());
    for (int p = Math.max(0, only); p < end; p++) {
      List<ReplicaSet> sets = layout.placement(p).writeSets();
      if (sets.stream().anyMatch(set -> set.nodes().contains(self))) {
        groups.computeIfAbsent(sets, _ -> new BitSet()).set(p);
      }
    }
    return new Witnesses(self, groups);
  }

  private static boolean isNarrow(LostRanges.KeyRange loss) {
    Key to = loss.to();
    return to != null
        && to.table() == loss.from().table()
        && to.partition().equals(loss.from().partition());
  }

  /** Whether there are enough other replicas, up or down. */
  boolean exist() {
    return groups.keySet().stream().allMatch(this::exist);
  }

  private boolean exist(List<ReplicaSet> sets) {
    var all = new TreeSet<NodeId>();
    sets.forEach(set -> all.addAll(set.nodes()));
    return areEnough(sets, all);
  }

  /** Whether every quorum that included the replica includes one of {@code heard}. */
  boolean areEnough(Set<NodeId> heard) {
    return groups.keySet().stream().allMatch(sets -> areEnough(sets, heard));
  }

  private boolean areEnough(List<ReplicaSet> sets, Set<NodeId> heard) {
    return sets.stream()
        .allMatch(set -> {
          long others =
              set.nodes().stream()
                  .filter(node -> !node.equals(self) && heard.contains(node))
                  .count();
          return others > set.nodes().size() - set.needed();
        });
  }

  /** All other replicas, with the partitions that they may be asked for. */
  Map<NodeId, BitSet> all() {
    Map<NodeId, BitSet> all = new TreeMap<>();
    groups.forEach((sets, partitions) -> {
      for (ReplicaSet set : sets) {
        set.nodes().forEach(node -> all.computeIfAbsent(node, _ -> new BitSet()).or(partitions));
      }
    });
    all.remove(self);
    return all;
  }
}
