package rondo.server.boot;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Node;

/**
 * Puts the node's name among the labels of each of its series that has labels, so that those of
 * several nodes can be told apart where they were collected through one address, and adds a series
 * for each other node.
 */
final class NamedSeries {
  /** The end of a series' labels; values of labels may have braces, numbers don't. */
  private static final Pattern LABELS_END =
      Pattern.compile("(?m)^(rondo_\\w+\\{.*)\\}( -?[0-9]+)$");

  private NamedSeries() {}

  /**
   * The series of a node, with the names of nodes.
   *
   * @param text metrics in Prometheus' text format
   */
  static String of(String text, Membership membership) {
    return named(text + peers(membership), membership.own().label());
  }

  static String named(String text, String node) {
    return LABELS_END.matcher(text).replaceAll("$1,node=\"" + node + "\"}$2");
  }

  private static String peers(Membership membership) {
    @Nullable Layout layout = membership.layout();
    if (layout == null) {
      return "";
    }
    var text = new StringBuilder("# TYPE rondo_peer_down gauge\n");
    for (Node node : RingDrawing.nodes(layout)) {
      if (!node.id().equals(membership.own().id())) {
        int down = membership.suspected(node.id()) ? 1 : 0;
        text.append("rondo_peer_down{peer=\"%s\"} %d\n".formatted(node.label(), down));
      }
    }
    return text.toString();
  }
}
