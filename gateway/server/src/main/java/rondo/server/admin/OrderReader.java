package rondo.server.admin;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import rondo.ring.layout.Layout;
import rondo.ring.layout.LayoutChange;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/** Reads orders as operators write them: a node by its id, or by the beginning of its id alone. */
record OrderReader(Layout layout) {
  private static final Set<String> OF_NODES =
      Set.of("add", "drain", "remove", "lose", "zone", "capacity");

  /**
   * Parses an order.
   *
   * @throws IllegalArgumentException with a message in one line, also for a node that isn't there,
   *     or that several could be
   */
  LayoutChange change(String order) {
    String[] words = order.strip().split("\\s+", 3);
    if (words.length > 1 && OF_NODES.contains(words[0])) {
      words[1] = id(words[1]).toString();
    }
    return LayoutChange.parse(String.join(" ", words));
  }

  /**
   * The node that a word means.
   *
   * @throws IllegalArgumentException as {@link #change}
   */
  NodeId id(String word) {
    if (word.matches("[0-9a-f]{16}")) {
      return new NodeId(Long.parseUnsignedLong(word, 16));
    }
    List<NodeId> meant =
        layout.nodes().stream().map(Node::id).filter(id -> id.toString().startsWith(word)).toList();
    if (meant.size() != 1) {
      List<NodeId> listed =
          meant.isEmpty() ? layout.nodes().stream().map(Node::id).toList() : meant;
      String all = listed.stream().map(NodeId::toString).collect(Collectors.joining(", "));
      throw new IllegalArgumentException(
          meant.isEmpty()
              ? "there is no node '%s' in this cluster; its nodes are %s".formatted(word, all)
              : "'%s' may be any of these nodes: %s".formatted(word, all));
    }
    return meant.getFirst();
  }
}
