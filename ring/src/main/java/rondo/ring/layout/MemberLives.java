package rondo.ring.layout;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.NodeOverride.Stay;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** How members get their names, and how one life of a name follows another. */
public final class MemberLives {
  private MemberLives() {}

  /**
   * The members with the names that they have told, if all of them have, and each another one: the
   * layout goes by names from then on. Otherwise the members as they are.
   *
   * @param told descriptions of members by themselves; a lost member needs none
   */
  public static Members adopting(Members members, Map<NodeId, Node> told) {
    var named = new ArrayList<Node>();
    for (Node node : members.nodes()) {
      Node its = told.get(node.id());
      if (its != null && its.life().isNamed()) {
        named.add(node.living(its.life()).numbered(1));
      } else if (members.isLost(node.id())) {
        named.add(node.living(Life.of(node.id().toString(), Bytes.EMPTY)).numbered(1));
      } else {
        return members;
      }
    }
    return named.stream().map(Node::name).distinct().count() == named.size()
        ? new Members(named, members.overrides(), members.wishes(), members.held())
        : members;
  }

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
    return new Members(nodes, Members.bounded(overrides), members.wishes(), members.held());
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
