package rondo.server.boot;

import java.util.function.Predicate;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.value.NodeId;
import rondo.server.order.Absences;
import rondo.server.repair.NodeRepair;

/**
 * Says in one word how it stands with each node, as this one knows. Thread-safe.
 *
 * @param isSuspect the nodes that are asked for chunks last, since they failed or were slow
 * @param isFull the nodes that take no new data
 */
record NodeStates(
    Membership membership,
    Absences absences,
    NodeRepair repair,
    Predicate<NodeId> isSuspect,
    Predicate<NodeId> isFull) {
  /** The word for a node that works as it should. */
  static final String UP = "up";

  /**
   * One of: away (down as announced), down, leaving, draining, joining, rebuilding (this node alone
   * knows that of itself), full, suspected, up. The first that fits counts.
   */
  String word(Layout layout, NodeId node) {
    if (membership.suspected(node)) {
      return absences.of(node) == null ? "down" : "away";
    }
    if (layout.members().leaves(node)) {
      return "leaving";
    }
    if (layout.joint()) {
      boolean held = layout.from().holders().contains(node);
      boolean holds = layout.to().holders().contains(node);
      if (held != holds) {
        return held ? "draining" : "joining";
      }
    }
    if (node.equals(membership.own().id())
        && (membership.isRefilling() || repair.rebuild().ranges() > 0)) {
      return "rebuilding";
    }
    return isFull.test(node) ? "full" : isSuspect.test(node) ? "suspected" : UP;
  }
}
