package rondo.ring.layout;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.NodeOverride.Stay;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/** How one life of a name follows another. */
final class MemberLives {
  private MemberLives() {}

  /**
   * The members with {@code told} in the place of {@code holder}, which has its name: the holder is
   * lost, and what the operator has set for it goes to the newcomer.
   */
  static Members following(Members members, Node holder, Node told) {
    NodeOverride given = members.overrideOf(holder.id());
    var set = new NodeOverride(told.id(), given.zone(), given.capacityBytes(), Stay.STAYS);
    var overrides = new ArrayList<>(members.overrides());
    overrides.removeIf(it -> it.node().equals(holder.id()) || it.node().equals(told.id()));
    overrides.add(Members.staying(NodeOverride.none(holder.id()), Stay.LOST));
    if (!set.isNone()) {
      overrides.add(set);
    }
    var nodes = new ArrayList<>(members.nodes());
    nodes.removeIf(it -> it.id().equals(holder.id()) || it.id().equals(told.id()));
    nodes.add(set.applyTo(told).numbered(holder.life().number() + 1));
    return new Members(
        nodes,
        Members.bounded(overrides),
        members.wishes(),
        members.held(),
        members.release(),
        members.joinKeys());
  }

  /** The lives that another life of their name has followed, with their followers. */
  static Map<NodeId, NodeId> successors(Members before, Members after) {
    var successors = new TreeMap<NodeId, NodeId>();
    for (Node node : before.nodes()) {
      Node next = node.life().isNamed() ? after.named(node.name()) : null;
      if (next != null && !next.id().equals(node.id())) {
        successors.put(node.id(), next.id());
      }
    }
    return successors;
  }
}
