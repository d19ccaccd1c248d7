package rondo.ring.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;

/** What a change of members would leave of the copies of the data. */
public final class Redundancy {
  private static final String FORCED =
      " With --under-replicated it is done all the same; add a node first to avoid that.";

  private Redundancy() {}

  /**
   * Refuses changes that would leave partitions which can be neither read nor handed over, or fewer
   * nodes or zones than the copies of all data need. Changes that come with {@link
   * LayoutChange.UnderReplicated} may leave fewer nodes or zones, but never fewer than a quorum.
   *
   * @return the members after the changes
   * @throws IllegalArgumentException with a message in one line
   */
  public static Members check(Layout layout, List<LayoutChange> changes) {
    Members wanted = layout.members().under(changes);
    checkRecoverable(layout, wanted);
    boolean forced = changes.stream().anyMatch(LayoutChange.UnderReplicated.class::isInstance);
    if (forced && !wanted.knows(Feature.VACANT_SEATS)) {
      throw new IllegalArgumentException(
          "some nodes run an older program, which knows no copies without a node: upgrade them"
              + " first");
    }
    checkNodes(layout, wanted, forced);
    checkZones(layout.members(), wanted, forced);
    return wanted;
  }

  /**
   * Refuses members that would leave partitions which can be neither read nor handed over.
   *
   * @throws IllegalArgumentException with a message in one line
   */
  public static void checkRecoverable(Layout layout, Members wanted) {
    Assignment holding = layout.joint() ? layout.from() : layout.to();
    long broken =
        IntStream.range(0, holding.owners().size())
            .mapToObj(holding::ownersOf)
            .filter(owners -> !isRecoverable(owners, wanted))
            .count();
    if (broken > 0) {
      throw new IllegalArgumentException(
          "that would leave %d of %d partitions with fewer copies than a quorum, too few to go on"
                  .formatted(broken, layout.partitions())
              + " from");
    }
  }

  private static boolean isRecoverable(PartitionOwners owners, Members wanted) {
    int needed = quorum(owners.replication());
    return owners.nodes().stream().filter(id -> !Vacancy.is(id) && !wanted.isLost(id)).count()
        >= needed;
  }

  private static int quorum(Replication replication) {
    return Math.max(replication.r(), replication.w());
  }

  private static void checkNodes(Layout layout, Members wanted, boolean forced) {
    int left = wanted.storage().size();
    if (left >= layout.members().storage().size()) {
      return;
    }
    // Copies that a move under way would add don't count when that move is given up.
    List<Replication> classes = layout.baseFor(wanted).classes();
    for (int c = 0; c < classes.size(); c++) {
      Replication now = classes.get(c);
      int n = Math.min(now.n(), wanted.wishes().get(c).n());
      int quorum = quorum(wanted.wishes().get(c).on(n));
      if (left < quorum) {
        throw new IllegalArgumentException(
            ("that would leave %s for %d copies, fewer than the %d that a quorum needs: add a node"
                    + " first, or order fewer copies along with it ('copies %d')")
                .formatted(nodes(left), n, quorum, left));
      }
      if (left < n && !forced) {
        throw new IllegalArgumentException(
            ("that would leave %s for %d copies, each on a node of its own. To have %d copies from"
                        + " now on, order 'copies %d' along with it.")
                    .formatted(nodes(left), n, left, left)
                + FORCED);
      }
    }
  }

  private static void checkZones(Members now, Members wanted, boolean forced) {
    int needed =
        Math.min(
            wanted.storage().size(),
            wanted.wishes().stream().mapToInt(Replication::n).max().orElse(1));
    int had = zones(now).size();
    int left = zones(wanted).size();
    if (left < Math.min(needed, had) && !forced) {
      throw new IllegalArgumentException(
          "that would leave %d of %d zones for %d copies, so that some share a zone."
                  .formatted(left, had, needed)
              + FORCED);
    }
  }

  private static String nodes(int count) {
    return count == 1 ? "1 node" : count + " nodes";
  }

  private static List<String> zones(Members members) {
    return members.storage().stream().map(Node::zone).distinct().sorted().toList();
  }

  /** What the copies lack for want of nodes, in words; empty when they lack nothing. */
  public static String lack(Layout layout) {
    int vacant = layout.to().vacancies();
    int all = layout.to().classes().stream().mapToInt(Replication::n).max().orElse(1);
    return vacant == 0
        ? ""
        : "%d of %d copies have no node: start another one".formatted(vacant, all);
  }

  /** What the failure of a node, or of a zone, would mean under an assignment; lines of text. */
  static String outlook(List<Node> nodes, Assignment all) {
    var lines = new ArrayList<String>();
    int vacant = all.vacancies();
    if (vacant > 0) {
      Replication most = all.classes().getFirst();
      lines.add(
          "%d of %d copies would have no node, until one joins%n".formatted(vacant, most.n()));
    }
    long first = broken(all, List.of());
    int worst = 0;
    for (NodeId node : all.holders()) {
      worst = Math.max(worst, (int) (broken(all, List.of(node)) - first));
    }
    lines.add(
        worst == 0
            ? "one node more could fail, and everything could still be read and written%n"
                .formatted()
            : "one node more that fails would stop reads and writes of %d of %d partitions%n"
                .formatted(worst, all.owners().size()));
    var zones = new TreeMap<String, List<NodeId>>();
    nodes.forEach(
        node -> zones.computeIfAbsent(node.zone(), _ -> new ArrayList<>()).add(node.id()));
    if (zones.size() > 1 && worst == 0) {
      zones.forEach((zone, ids) -> {
        long stopped = broken(all, ids) - first;
        if (stopped > 0) {
          lines.add(
              "the failure of zone %s would stop reads and writes of %d of %d partitions%n"
                  .formatted(zone, stopped, all.owners().size()));
        }
      });
    }
    return String.join("", lines);
  }

  /** How many partitions have no quorum without these nodes. */
  private static long broken(Assignment all, List<NodeId> down) {
    return IntStream.range(0, all.owners().size())
        .mapToObj(all::ownersOf)
        .filter(owners ->
            owners.nodes().stream().filter(it -> !Vacancy.is(it) && !down.contains(it)).count()
                < quorum(owners.replication()))
        .count();
  }

  /** Whether both allow equal assignments: equal replications, and data on equal nodes. */
  static boolean placeAlike(Members one, Members other) {
    return one.wishes().equals(other.wishes()) && shares(one).equals(shares(other));
  }

  private static List<Node> shares(Members members) {
    return members.storage().stream()
        .map(node -> new Node(node.id(), node.zone(), node.capacityBytes(), "", ""))
        .toList();
  }
}
