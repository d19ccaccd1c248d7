package rondo.ring.layout;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.value.NodeId;

/** A layout as text for people: nodes, zones, shares as bars, and what a joint epoch moves. */
public final class RingDrawing {
  private static final int BAR = 32;

  /** The zone of nodes that were given none. */
  private static final String DEFAULT_ZONE = "default";

  private RingDrawing() {}

  /**
   * The nodes to show to people, by their names: the members, without those that were removed or
   * lost and hold nothing any more.
   */
  public static List<Node> nodes(Layout layout) {
    List<NodeId> holding =
        Stream.of(layout.from(), layout.to()).flatMap(all -> all.holders().stream()).toList();
    return layout.nodes().stream()
        .filter(it ->
            !layout.members().leaves(it.id()) || (layout.joint() && holding.contains(it.id())))
        .sorted(Comparator.comparing(Node::label).thenComparing(Node::id))
        .toList();
  }

  /**
   * Lines that end in a newline; about 100 columns.
   *
   * @param note a word beside a node, such as that it gives no answer; empty for none
   */
  public static String draw(Layout layout, Function<NodeId, String> note) {
    var text = new StringBuilder();
    Replication replication = layout.to().classes().getFirst();
    text.append(
        "ring %s   epoch %d   %d partitions   N=%d R=%d W=%d   %s%n"
            .formatted(
                layout.cluster(),
                layout.epoch(),
                layout.ring().partitions(),
                replication.n(),
                replication.r(),
                replication.w(),
                layout.joint() ? "moving" : "settled"));
    text.append(classes(layout));
    List<Node> nodes = nodes(layout);
    List<String> zones = nodes.stream().map(Node::zone).distinct().sorted().toList();
    for (String zone : zones) {
      text.append("%nzone %s%n".formatted(zone.isEmpty() ? "(none)" : zone));
      nodes.stream()
          .filter(node -> node.zone().equals(zone))
          .forEach(node -> text.append(line(layout, node, note.apply(node.id()))));
    }
    long inDefault =
        nodes.stream().filter(it -> it.isStorage() && it.zone().equals(DEFAULT_ZONE)).count();
    if (inDefault > 1) {
      text.append(
          "%n%d nodes are in the zone that nodes without --zone are in, as if they failed together%n"
              .formatted(inDefault));
    }
    String lack = Redundancy.lack(layout);
    if (!lack.isEmpty()) {
      text.append("%n%s%n".formatted(lack));
    }
    if (layout.joint()) {
      text.append(
          "%n%d of %d partition copies move%n"
              .formatted(layout.to().copiesFrom(layout.from()), layout.to().copies()));
    }
    return text.toString();
  }

  /** The classes that have other numbers of copies, each with partitions of its own. */
  private static String classes(Layout layout) {
    List<Replication> all = layout.to().classes();
    var text = new StringBuilder();
    for (int c = 1; c < all.size(); c++) {
      Replication wish = layout.members().wishes().get(c);
      Replication now = all.get(c);
      text.append(
          "  buckets with %d copies   %d partitions   N=%d R=%d W=%d%n"
              .formatted(wish.n(), layout.ring().partitions(), now.n(), now.r(), now.w()));
    }
    return text.toString();
  }

  private static String line(Layout layout, Node node, String note) {
    Map<NodeId, Integer> now = layout.to().load();
    int most = now.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    int holds = now.getOrDefault(node.id(), 0);
    String bar = "█".repeat((int) Math.round((double) BAR * holds / most));
    String notes =
        (layout.joint() ? moves(layout, node.id()) : "") + (note.isEmpty() ? "" : "  " + note);
    int width = layout.nodes().stream().mapToInt(it -> it.label().length()).max().orElse(1);
    String label = node.label() + " ".repeat(width - node.label().length());
    return "  %s  %-21s  %9s  %5d  %-32s%s%n"
        .formatted(label, node.address(), size(node.capacityBytes()), holds, bar, notes)
        .replaceAll(" +(\\R)", "$1");
  }

  private static String moves(Layout layout, NodeId node) {
    var before = layout.from().heldBy(node);
    var after = layout.to().heldBy(node);
    var gained = layout.to().heldBy(node);
    gained.andNot(before);
    before.andNot(after);
    return "  +%d -%d".formatted(gained.cardinality(), before.cardinality());
  }

  static String size(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    int unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(
        Locale.ROOT, value < 10 && unit > 0 ? "%.1f %s" : "%.0f %s", value, units[unit]);
  }
}
