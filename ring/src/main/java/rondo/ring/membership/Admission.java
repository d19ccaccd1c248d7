package rondo.ring.membership;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.JoinKey;
import rondo.ring.layout.JoinKeys;
import rondo.ring.layout.Layout;
import rondo.ring.layout.Members;
import rondo.ring.layout.Redundancy;
import rondo.ring.placement.Node;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;

/**
 * Decides who becomes a member. It notes how nodes describe themselves when they ask to join, and
 * what the layout's members would be with them. A name whose holder answers is given to no other
 * life. Thread-safe.
 */
final class Admission {
  /** A node that wants to join asks every second; one that no longer asks may be gone. */
  private static final long FRESH_NANOS = 5_000_000_000L;

  private final Predicate<NodeId> suspected;
  private final Time time;
  private final Map<NodeId, JoinRequest> requests = new TreeMap<>();

  private volatile UnaryOperator<String> refusals = _ -> "";

  private record JoinRequest(Node node, String token, long untilNanos) {}

  /**
   * @param suspected whether a node is lost, or was silent lately
   */
  Admission(Predicate<NodeId> suspected, Time time) {
    this.suspected = suspected;
    this.time = time;
  }

  /** Keeps nodes of some names out from now on; those that are members stay. */
  void refuse(UnaryOperator<String> names) {
    refusals = names;
  }

  /**
   * Notes that a node asks to join, or describes itself anew.
   *
   * @param token the id of the join token by which a new node comes; empty without one
   */
  synchronized void ask(Node node, String token) {
    requests.put(node.id(), new JoinRequest(node, token, time.nanos() + FRESH_NANOS));
  }

  /** Whether the layout describes a node as the node does, or has nothing to do with it. */
  static boolean isKnown(Layout layout, Node told) {
    Node known = layout.node(told.id());
    return known == null
        ? layout.members().leaves(told.id())
        : known.equals(layout.members().resolve(told));
  }

  /** The members with every node that still asks to join, or has a new description of itself. */
  synchronized Members admit(Layout layout) {
    Members members = layout.members();
    requests.values().removeIf(it -> it.untilNanos < time.nanos() || isKnown(layout, it.node));
    for (JoinRequest it : requests.values()) {
      boolean first = isFirst(layout.members(), members, it.node);
      boolean isNew = layout.node(it.node.id()) == null;
      if (first
          && obstacle(layout, it.node, "").isEmpty()
          && (!isNew || spent(members, it.node, it.token).isEmpty())) {
        members = isNew ? JoinKeys.using(members.with(it.node), it.token) : members.with(it.node);
      }
    }
    return members;
  }

  /** Whether no other node that is being taken in with this one has its name. */
  private static boolean isFirst(Members before, Members now, Node told) {
    Node holder = now.holder(told);
    return holder == null || holder.equals(before.holder(told));
  }

  /**
   * Why a node can't be taken in now, in a sentence; empty when it can, or when there is no layout.
   */
  String obstacle(@Nullable Layout layout, Node told, String token) {
    if (layout == null) {
      return "";
    }
    Members members = layout.members();
    String refusal = layout.node(told.id()) == null ? refusals.apply(told.name()) : "";
    if (!refusal.isEmpty()) {
      return refusal;
    }
    String spent = members.node(told.id()) == null ? spent(members, told, token) : "";
    if (!spent.isEmpty()) {
      return spent;
    }
    if (members.leaves(told.id()) && members.node(told.id()) == null) {
      return "this node was removed from the cluster: to come back, it needs an empty data folder";
    }
    Node holder = members.holder(told);
    return holder == null ? "" : obstacle(layout, told, holder);
  }

  /** Why a token takes no node in; empty when it does, or when there is none. */
  private String spent(Members members, Node told, String token) {
    JoinKey key = JoinKeys.of(members, token);
    if (key == null) {
      return "";
    }
    boolean others = key.uses() == JoinKey.READMITS && members.named(told.name()) == null;
    return others
        ? "the join token %s is for the names that the cluster has, and '%s' is none: make one for it by 'rondo token create'"
            .formatted(token, told.label())
        : key.obstacle(TimeUnit.MICROSECONDS.toSeconds(time.wallMicros()));
  }

  private static String taken(Node told, String address) {
    return "another node is called '%s', at %s: give this one another name by --node"
        .formatted(told.name(), address);
  }

  private String obstacle(Layout layout, Node told, Node holder) {
    Members members = layout.members();
    if (layout.node(told.id()) != null || !suspected.test(holder.id())) {
      return taken(told, holder.address()) + ", or stop that one first";
    }
    if (members.leaves(holder.id()) && !members.isLost(holder.id())) {
      return "the node '%s' is being removed: its name is free once that is done"
          .formatted(told.name());
    }
    Members wanted = members.with(told);
    try {
      Redundancy.checkRecoverable(layout, wanted);
    } catch (IllegalArgumentException e) {
      return "can't take the place of '%s': %s".formatted(told.name(), e.getMessage());
    }
    Layout next = layout.next(wanted);
    return next == null || next.fences(id -> !suspected.test(id))
        ? ""
        : "waits for nodes that hold data with the old '%s' and don't answer now"
            .formatted(told.name());
  }
}
