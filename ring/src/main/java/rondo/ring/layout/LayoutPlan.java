package rondo.ring.layout;

import java.util.List;
import java.util.Map;
import rondo.ring.balance.Balancer;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.value.NodeId;

/**
 * The moves that a change of members would cause, for the operator to judge beforehand.
 *
 * @param nodes the members after the change
 * @param from the present assignment, or the one after the move under way
 * @param to the assignment after the change
 */
public record LayoutPlan(List<Node> nodes, Assignment from, Assignment to) {

  public static LayoutPlan of(Layout now, Members wanted) {
    Layout layout = now.withClassesOf(wanted);
    List<Node> storage = wanted.storage();
    Assignment base = layout.baseFor(wanted);
    Assignment target =
        wanted.held()
            ? base
            : Balancer.assign(layout.ring(), storage, wanted.replications(base), base);
    return new LayoutPlan(wanted.nodes(), base, target);
  }

  /** The number of partition copies that would be made. */
  public int copies() {
    return to.copiesFrom(from);
  }

  /**
   * Seconds until all is copied, rounded up, if every node receives at this rate.
   *
   * @param copyBytes about the size of one copy of a partition
   */
  public long seconds(long copyBytes, long bytesPerSecond) {
    long most = nodes.stream().mapToLong(node -> gains(node.id())).max().orElse(0);
    return Math.ceilDiv(most * copyBytes, Math.max(1, bytesPerSecond));
  }

  private int gains(NodeId node) {
    var gained = to.heldBy(node);
    gained.andNot(from.heldBy(node));
    return gained.cardinality();
  }

  private int losses(NodeId node) {
    var lost = from.heldBy(node);
    lost.andNot(to.heldBy(node));
    return lost.cardinality();
  }

  /** The plan as text for people, in lines that end in a newline. */
  public String draw(long copyBytes, long bytesPerSecond) {
    var text = new StringBuilder();
    Map<NodeId, Integer> load = to.load();
    int width = nodes.stream().mapToInt(node -> node.label().length()).max().orElse(1);
    for (Node node : nodes) {
      text.append(
          "  %s  %-12s  %-21s  %5d partitions  +%d -%d%n"
              .formatted(
                  node.label() + " ".repeat(width - node.label().length()),
                  node.zone(),
                  node.address(),
                  load.getOrDefault(node.id(), 0),
                  gains(node.id()),
                  losses(node.id())));
    }
    return text.append(
            "%d of %d partition copies would move: about %s, %s at %s/s per node%n"
                .formatted(
                    copies(),
                    to.copies(),
                    RingDrawing.size(copies() * copyBytes),
                    duration(seconds(copyBytes, bytesPerSecond)),
                    RingDrawing.size(bytesPerSecond)))
        .append(copiesAfter())
        .append(Redundancy.outlook(nodes, to))
        .toString();
  }

  private String copiesAfter() {
    Replication before = from.classes().getFirst();
    Replication after = to.classes().getFirst();
    String now = "N=%d R=%d W=%d".formatted(after.n(), after.r(), after.w());
    return before.equals(after)
        ? "%s as before%n".formatted(now)
        : "%s, from N=%d R=%d W=%d%n".formatted(now, before.n(), before.r(), before.w());
  }

  private static String duration(long seconds) {
    return seconds < 120
        ? seconds + " s"
        : seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
