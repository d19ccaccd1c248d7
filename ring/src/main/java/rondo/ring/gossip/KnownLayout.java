package rondo.ring.gossip;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.NodeOverride;
import rondo.ring.placement.Node;
import rondo.ring.placement.NotServingException;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Vacancy;
import rondo.ring.quorum.Tally;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * The newest layout that a node has installed, and the layout that it uses. Immutable.
 *
 * @param active whether the installed layout is in use; otherwise the one before it is
 * @param used the layout that this node's own requests use
 * @param lost the nodes that the operator has declared gone for good, and vacant seats
 */
record KnownLayout(Layout installed, boolean active, Layout used, Set<NodeId> lost) {
  KnownLayout(Layout installed, boolean active) {
    this(
        installed,
        active,
        active ? installed : installed.previous(),
        Stream.concat(
                installed.members().overrides().stream()
                    .map(NodeOverride::node)
                    .filter(installed.members()::isLost),
                Stream.of(installed.from(), installed.to())
                    .flatMap(all -> all.holders().stream())
                    .filter(Vacancy::is))
            .collect(Collectors.toUnmodifiableSet()));
  }

  /**
   * The layout, where there is one.
   *
   * @throws NotServingException before the first
   */
  static KnownLayout of(@Nullable KnownLayout known) {
    if (known == null) {
      throw new NotServingException("This node is no member of a cluster yet.");
    }
    return known;
  }

  /** The replicas of a partition key, in the order in which {@code self} asks them. */
  Placement placement(NodeId self, Bytes partition, Predicate<NodeId> suspected) {
    Placement placement = used.placement(used.ring().partitionOf(partition));
    return new ProximityOrder(self, used, suspected, lost).first(placement);
  }

  /** The nodes that may hold immutable data of a partition key beside its owners. */
  List<NodeId> elsewhere(Bytes partition) {
    int p = used.ring().partitionOf(partition);
    List<NodeId> owners = new Tally(used.placement(p).writeSets()).nodes();
    return Stream.concat(
            used.before(p).stream(), used.nodes().stream().filter(Node::isStorage).map(Node::id))
        .distinct()
        .filter(node -> !owners.contains(node))
        .toList();
  }

  /** The nodes behind a partition key's owners on the ring. */
  List<NodeId> beyond(Bytes partition) {
    return used.beyond(used.ring().partitionOf(partition));
  }

  /** Whether two nodes are in one zone, as far as the layout knows them. */
  boolean areNear(NodeId one, NodeId other) {
    Node here = used.node(one);
    Node there = used.node(other);
    return here != null && there != null && here.zone().equals(there.zone());
  }
}
