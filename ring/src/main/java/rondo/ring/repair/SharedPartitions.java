package rondo.ring.repair;

import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Placement;
import rondo.ring.quorum.Tally;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/** The partitions that two nodes both hold. Pure. */
public final class SharedPartitions {
  private SharedPartitions() {}

  /** The nodes that hold a key, or will after the move under way. */
  public static List<NodeId> owners(Layout layout, Key key) {
    int partition = layout.ring().partitionOf(key.partition());
    return new Tally(layout.placement(partition).writeSets()).nodes();
  }

  /**
   * The partitions that this node and each other one hold, in the order of the nodes. Moving
   * partitions are left out: the move copies them.
   */
  public static Map<NodeId, BitSet> of(Layout layout, NodeId self) {
    Map<NodeId, BitSet> shared = new TreeMap<>();
    for (int p = 0; p < layout.partitions(); p++) {
      Placement placement = layout.placement(p);
      Set<NodeId> holders = new LinkedHashSet<>(placement.writeSets().getFirst().nodes());
      if (placement.writeSets().size() == 1 && holders.remove(self)) {
        for (NodeId peer : holders) {
          shared.computeIfAbsent(peer, _ -> new BitSet()).set(p);
        }
      }
    }
    return shared;
  }
}
