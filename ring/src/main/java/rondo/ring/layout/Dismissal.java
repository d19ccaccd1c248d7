package rondo.ring.layout;

import rondo.ring.value.NodeId;

/** When a node is a member no more, and may ask nothing of the others. */
public final class Dismissal {
  private Dismissal() {}

  /** Whether a node is given up, or is ordered away and holds nothing any more. */
  public static boolean isOut(Layout layout, NodeId node) {
    return layout.members().isLost(node) || isRemoved(layout, node);
  }

  private static boolean isRemoved(Layout layout, NodeId node) {
    return layout.members().leaves(node)
        && (layout.node(node) == null
            || (!layout.joint() && !layout.to().holders().contains(node)));
  }
}
