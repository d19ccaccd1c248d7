package rondo.ring.layout;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import rondo.ring.balance.Balancer;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/**
 * The layout by which the nodes that are left go on when others are gone for good. It is a joint
 * one: from all nodes that are left and hold a partition, to owners among which quorums exist.
 *
 * <p>Of the old owners each one that is left counts in each quorum, so {@code R = W = N}: of a
 * write that was acknowledged, and of a conditional write that was chosen, one of them alone may
 * know. A partition with fewer of them than others have gets further nodes in their place, which
 * know nothing and so change nothing of what is read. Before all that are left have installed this
 * layout, no request under it succeeds, since each has to answer; so nothing that one of them takes
 * under an older epoch is missed.
 *
 * @param layout the newest layout that the nodes left have
 * @param dead the nodes that are gone for good
 */
public record RescuePlan(Layout layout, Set<NodeId> dead) {
  public RescuePlan {
    dead = Set.copyOf(dead);
  }

  /** The members that must go on: all that aren't gone for good. */
  public List<NodeId> survivors() {
    return layout.nodes().stream()
        .map(Node::id)
        .filter(node -> !dead.contains(node) && !layout.members().isLost(node))
        .toList();
  }

  /**
   * Why there is nothing to rescue, in a sentence; empty where a quorum of a partition, or of the
   * layout's voters, is gone.
   */
  public String needless() {
    long voters = layout.voters().nodes().stream().filter(this::isLeft).count();
    if (voters < layout.voters().needed()) {
      return "";
    }
    try {
      Redundancy.checkRecoverable(layout, members());
      return "every partition has a quorum without these nodes, and so has the layout: 'rondo node"
          + " lose' gives them up without losing anything";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private boolean isLeft(NodeId node) {
    return !Vacancy.is(node) && !dead.contains(node) && !layout.members().isLost(node);
  }

  /**
   * The members of the next life, of which the dead are lost.
   *
   * @throws IllegalArgumentException with a message in one line, when nobody is left
   */
  Members members() {
    return layout
        .members()
        .under(dead.stream().sorted().<LayoutChange>map(LayoutChange.Lose::new).toList());
  }

  /** The nodes that are left and hold a partition, or will after the move under way. */
  public List<NodeId> holders(int partition) {
    var all = new LinkedHashSet<>(layout.to().of(partition));
    if (layout.joint()) {
      all.addAll(layout.from().of(partition));
    }
    return all.stream().filter(this::isLeft).sorted().toList();
  }

  /** The partitions that no node is left of. */
  public BitSet gone() {
    var gone = new BitSet();
    IntStream.range(0, layout.partitions()).filter(p -> holders(p).isEmpty()).forEach(gone::set);
    return gone;
  }

  /**
   * The first layout of the next life.
   *
   * @throws IllegalArgumentException with a message in one line, when nobody is left
   */
  public Layout next(ClusterLife life) {
    Members wanted = members();
    Assignment from =
        IntStream.range(0, layout.to().classes().size())
            .mapToObj(number -> source(number, wanted))
            .reduce(Assignment::and)
            .orElseThrow();
    Assignment to =
        Balancer.assign(layout.ring(), wanted.storage(), wanted.replications(from), from);
    var move = PartitionMove.begin(life.firstEpoch(), from, to);
    return new Layout(
        life.firstEpoch(), layout.cluster(), life, layout.ring(), wanted, false, move);
  }

  private Assignment source(int number, Members wanted) {
    int each = layout.ring().partitions();
    List<List<NodeId>> holders =
        IntStream.range(number * each, (number + 1) * each).mapToObj(this::holders).toList();
    int most = Math.max(1, holders.stream().mapToInt(List::size).max().orElse(1));
    List<NodeId> others = wanted.storage().stream().map(Node::id).toList();
    var owners = new ArrayList<List<NodeId>>(each);
    for (int p = 0; p < each; p++) {
      owners.add(filled(holders.get(p), others, p, most));
    }
    return new Assignment(List.of(new Replication(most, most, most)), owners);
  }

  /** These holders and further nodes, in turn, up to so many. */
  private List<NodeId> filled(List<NodeId> holders, List<NodeId> others, int turn, int most) {
    var all = new LinkedHashSet<>(holders);
    for (int i = 0; i < others.size() && all.size() < most; i++) {
      all.add(others.get((turn + i) % others.size()));
    }
    all.addAll(survivors().subList(0, all.size() < most ? survivors().size() : 0));
    return all.stream().limit(most).toList();
  }
}
