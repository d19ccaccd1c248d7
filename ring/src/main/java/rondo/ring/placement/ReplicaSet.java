package rondo.ring.placement;

import java.util.List;
import rondo.ring.value.NodeId;

/**
 * Nodes that hold copies, and how many of them make a quorum.
 *
 * @param nodes distinct; the nearest or likeliest to answer first, where that is known
 * @param needed 1 to the number of nodes
 */
public record ReplicaSet(List<NodeId> nodes, int needed) {
  public ReplicaSet {
    nodes = List.copyOf(nodes);
    if (needed < 1 || needed > nodes.size()) {
      throw new IllegalArgumentException(needed + " of " + nodes.size() + " nodes");
    }
  }
}
