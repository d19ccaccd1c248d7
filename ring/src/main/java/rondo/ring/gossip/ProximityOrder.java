package rondo.ring.gossip;

import java.util.Comparator;
import java.util.Set;
import java.util.function.Predicate;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/**
 * Sorts the nodes of a placement into the order in which one node asks them: itself, those of its
 * zone, others, suspected ones.
 *
 * @param lost nodes that are left out, unless there is no quorum without them
 */
record ProximityOrder(NodeId self, Layout layout, Predicate<NodeId> suspected, Set<NodeId> lost) {
  Placement first(Placement placement) {
    Node own = layout.node(self);
    String zone = own == null ? "" : own.zone();
    Comparator<NodeId> order = Comparator.comparingInt(node -> distance(node, zone));
    return new Placement(
        placement.epoch(),
        placement.readSets().stream().map(set -> sorted(set, order)).toList(),
        placement.writeSets().stream().map(set -> sorted(set, order)).toList());
  }

  private ReplicaSet sorted(ReplicaSet set, Comparator<NodeId> order) {
    var there = set.nodes().stream().filter(node -> !lost.contains(node)).sorted(order).toList();
    return there.size() >= set.needed()
        ? new ReplicaSet(there, set.needed())
        : new ReplicaSet(set.nodes().stream().sorted(order).toList(), set.needed());
  }

  private int distance(NodeId node, String zone) {
    if (node.equals(self)) {
      return 0;
    }
    Node there = layout.node(node);
    boolean near = there != null && there.zone().equals(zone);
    return (suspected.test(node) ? 3 : 1) + (near ? 0 : 1);
  }
}
