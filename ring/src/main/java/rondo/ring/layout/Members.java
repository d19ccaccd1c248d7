package rondo.ring.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.NodeOverride.Stay;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.NodeId;

/**
 * The members of a cluster, as they describe themselves and as the operator has changed them.
 *
 * @param nodes sorted by id, with the operator's changes applied; also those that hold nothing
 * @param overrides the operator's settings, by node; also for nodes that are no longer members
 * @param wishes the wanted replication of each class, class 0 first; a cluster that has never had
 *     so many nodes keeps fewer copies; a class is never removed
 * @param held whether nothing begins to move until the next change
 * @param release the newest release that all members were known to run at some time; it never falls
 * @param joinKeys the join tokens, the oldest first
 */
public record Members(
    List<Node> nodes,
    List<NodeOverride> overrides,
    List<Replication> wishes,
    boolean held,
    int release,
    List<JoinKey> joinKeys) {
  /**
   * The most settings that are kept, those for the highest ids. Settings for departed nodes may be
   * forgotten: ids are drawn at random, and never come back.
   */
  private static final int MOST_OVERRIDES = 4096;

  public Members {
    nodes = nodes.stream().sorted(Comparator.comparing(Node::id)).toList();
    overrides = overrides.stream().sorted(Comparator.comparing(NodeOverride::node)).toList();
    wishes = List.copyOf(wishes);
    joinKeys = List.copyOf(joinKeys);
    if (wishes.isEmpty() || wishes.size() > Ring.MOST_CLASSES) {
      throw new IllegalArgumentException(wishes.size() + " classes of copies");
    }
  }

  /**
   * The first members of a cluster.
   *
   * @throws IllegalArgumentException with a message in one line, when two have one name
   */
  static Members of(List<Node> founders, Replication wish) {
    long names = founders.stream().map(Node::label).distinct().count();
    if (names < founders.size()) {
      throw new IllegalArgumentException("two nodes have one name");
    }
    return new Members(
        founders.stream().map(Members::first).toList(),
        List.of(),
        List.of(wish),
        false,
        0,
        List.of());
  }

  /** The first life of a new name; a member's life stays as it is. */
  private static Node first(Node node) {
    return node.life().isNamed() && node.life().number() == 0 ? node.numbered(1) : node;
  }

  /** Whether all members know this, so that it may be used. */
  public boolean knows(Feature feature) {
    return release >= feature.since();
  }

  /** These members once all of them are known to run at least {@code release}. */
  public Members agreeing(int agreed) {
    return agreed <= release ? this : new Members(nodes, overrides, wishes, held, agreed, joinKeys);
  }

  /** These members with other classes of copies. */
  Members wishing(List<Replication> all) {
    return new Members(nodes, overrides, all, held, release, joinKeys);
  }

  /** These members with other join tokens. */
  Members joinedBy(List<JoinKey> all) {
    return new Members(nodes, overrides, wishes, held, release, all);
  }

  public @Nullable Node node(NodeId id) {
    return nodes.stream().filter(node -> node.id().equals(id)).findFirst().orElse(null);
  }

  public NodeOverride overrideOf(NodeId id) {
    return overrides.stream()
        .filter(it -> it.node().equals(id))
        .findFirst()
        .orElseGet(() -> NodeOverride.none(id));
  }

  /** Whether the node is being removed, or is removed already. */
  public boolean leaves(NodeId id) {
    return overrideOf(id).stay() != Stay.STAYS;
  }

  public boolean isLost(NodeId id) {
    return overrideOf(id).stay() == Stay.LOST;
  }

  /** The member of that name; null when there is none. */
  public @Nullable Node named(String name) {
    return nodes.stream()
        .filter(node -> node.life().isNamed() && node.name().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** The member whose place a node would take: the one of its name, under another id. */
  public @Nullable Node holder(Node told) {
    Node holder = knows(Feature.LIVES) ? named(told.name()) : null;
    return holder == null || holder.id().equals(told.id()) ? null : holder;
  }

  /** The node that the layout names when a node describes itself as {@code told}. */
  public Node resolve(Node told) {
    Node known = node(told.id());
    Node node = knows(Feature.LIVES) ? told : told.living(Life.UNNAMED);
    long counted = known == null ? 0 : known.life().number();
    return overrideOf(told.id()).applyTo(counted > 0 ? node.numbered(counted) : first(node));
  }

  /** The nodes that are to hold data. */
  List<Node> storage() {
    return nodes.stream().filter(Node::isStorage).toList();
  }

  /**
   * The replication of each class after {@code before}: it grows with the nodes up to the wish, and
   * falls with the wish alone.
   */
  List<Replication> replications(Assignment before) {
    int nodes = storage().size();
    return IntStream.range(0, wishes.size())
        .mapToObj(c ->
            wishes
                .get(c)
                .on(
                    knows(Feature.VACANT_SEATS)
                        ? Math.max(before.classes().get(c).n(), nodes)
                        : nodes))
        .toList();
  }

  /** The given nodes that are to hold data; if there are none, those that are not lost. */
  List<Node> among(List<NodeId> ids) {
    var there = nodes.stream().filter(it -> ids.contains(it.id()) && !isLost(it.id())).toList();
    var storing = there.stream().filter(Node::isStorage).toList();
    return storing.isEmpty() ? there.stream().map(node -> node.withCapacity(1)).toList() : storing;
  }

  /**
   * These members with a node that describes itself as {@code told}; a removed node doesn't come
   * back that way. A node whose name another member has takes its place: the other one is lost, and
   * what the operator has set for it goes to the newcomer.
   */
  public Members with(Node told) {
    if (leaves(told.id()) && node(told.id()) == null) {
      return this;
    }
    Node holder = holder(told);
    if (holder != null) {
      return MemberLives.following(this, holder, told);
    }
    var members = new ArrayList<>(nodes);
    members.removeIf(member -> member.id().equals(told.id()));
    members.add(resolve(told));
    return new Members(members, overrides, wishes, held, release, joinKeys);
  }

  /** These members without some nodes; the operator's settings for them stay. */
  Members without(Predicate<Node> gone) {
    var left = nodes.stream().filter(gone.negate()).toList();
    return left.size() == nodes.size()
        ? this
        : new Members(left, overrides, wishes, held, release, joinKeys);
  }

  /**
   * These members after all of the changes, in their order.
   *
   * @throws IllegalArgumentException as {@link #under(LayoutChange)}
   */
  public Members under(List<LayoutChange> changes) {
    Members members = this;
    for (LayoutChange change : changes) {
      members = members.under(change);
    }
    return members;
  }

  /**
   * These members after a change.
   *
   * @throws IllegalArgumentException with a message in one line, when the change names an unknown
   *     node or would leave no node to hold data
   */
  public Members under(LayoutChange change) {
    Members after =
        switch (change) {
          case LayoutChange.Add(NodeId node) -> overriding(node, it -> NodeOverride.none(node));
          case LayoutChange.Remove(NodeId node) ->
              overriding(
                  known(node), it -> staying(it, it.stay() == Stay.LOST ? Stay.LOST : Stay.LEAVES));
          case LayoutChange.Lose(NodeId node) ->
              overriding(known(node), it -> staying(it, Stay.LOST));
          case LayoutChange.Zone(NodeId node, String zone) ->
              overriding(
                  known(node), it -> new NodeOverride(node, zone, it.capacityBytes(), it.stay()));
          case LayoutChange.Capacity(NodeId node, long bytes) ->
              overriding(known(node), it -> new NodeOverride(node, it.zone(), bytes, it.stay()));
          case LayoutChange.Copies(Replication copies) -> replicating(0, copies);
          case LayoutChange.CopyClass(Replication copies) ->
              replicating(classFor(copies.n()), copies);
          case LayoutChange.UnderReplicated() -> this;
          case LayoutChange.Token(JoinKey key) -> JoinKeys.with(this, key);
          case LayoutChange.Revoke(String token) -> JoinKeys.without(this, token);
          case LayoutChange.Hold() ->
              new Members(nodes, overrides, wishes, true, release, joinKeys);
        };
    if (after.storage().isEmpty()) {
      throw new IllegalArgumentException("'" + change + "' would leave nobody to hold anything");
    }
    return after;
  }

  /**
   * The number of the class that operators have added for {@code copies} copies; 0 when there is
   * none.
   */
  public int classOf(int copies) {
    return IntStream.range(1, wishes.size())
        .filter(c -> wishes.get(c).n() == copies)
        .findFirst()
        .orElse(0);
  }

  private int classFor(int copies) {
    int number = classOf(copies) == 0 ? wishes.size() : classOf(copies);
    if (number == Ring.MOST_CLASSES) {
      throw new IllegalArgumentException(
          "there are %d classes of copies already, and no more are possible".formatted(number - 1));
    }
    return number;
  }

  private Members replicating(int number, Replication copies) {
    var next = new ArrayList<>(wishes);
    if (number == next.size()) {
      next.add(copies);
    } else {
      next.set(number, copies);
    }
    return new Members(nodes, overrides, next, false, release, joinKeys);
  }

  private NodeId known(NodeId id) {
    if (node(id) == null) {
      throw new IllegalArgumentException("there is no node " + id + " in this cluster");
    }
    return id;
  }

  static NodeOverride staying(NodeOverride of, Stay stay) {
    return new NodeOverride(of.node(), of.zone(), of.capacityBytes(), stay);
  }

  private Members overriding(NodeId id, UnaryOperator<NodeOverride> change) {
    NodeOverride next = change.apply(overrideOf(id));
    var all = new ArrayList<>(overrides);
    all.removeIf(it -> it.node().equals(id));
    if (!next.isNone()) {
      all.add(next);
    }
    var members =
        nodes.stream().map(node -> node.id().equals(id) ? next.applyTo(node) : node).toList();
    return new Members(members, bounded(all), wishes, false, release, joinKeys);
  }

  static List<NodeOverride> bounded(List<NodeOverride> all) {
    return all.subList(Math.max(0, all.size() - MOST_OVERRIDES), all.size());
  }
}
