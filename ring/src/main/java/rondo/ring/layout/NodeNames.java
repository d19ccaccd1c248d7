package rondo.ring.layout;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/**
 * Finds nodes by what people call them, and calls them so in texts. A node is called by its name,
 * by its id, or by the beginning of either that no other node has.
 *
 * @param members of the layout; null before the first
 */
public record NodeNames(@Nullable Members members) {
  /** The orders whose second word is a node. */
  private static final Set<String> ON_NODES =
      Set.of("add", "drain", "remove", "lose", "zone", "capacity");

  private static final int ID_LENGTH = 16;

  /** The names in a layout; there are none before the first. */
  public static NodeNames of(@Nullable Layout layout) {
    return new NodeNames(layout == null ? null : layout.members());
  }

  /** The node's name, or its id where it has none. */
  public String label(NodeId id) {
    Node node = members == null ? null : members.node(id);
    return node == null ? id.toString() : node.label();
  }

  /**
   * The node that {@code word} means; an id in full may be one that is no member.
   *
   * @throws IllegalArgumentException with a message in one line, when it is none or several
   */
  public NodeId find(String word) {
    List<Node> nodes = members == null ? List.of() : members.nodes();
    for (Node node : nodes) {
      if (node.name().equals(word)) {
        return node.id();
      }
    }
    if (word.matches("[0-9a-fA-F]{" + ID_LENGTH + "}")) {
      return new NodeId(Long.parseUnsignedLong(word, 16));
    }
    List<Node> found = nodes.stream().filter(node -> node.name().startsWith(word)).toList();
    if (found.isEmpty()) {
      String lower = word.toLowerCase(Locale.ROOT);
      found = nodes.stream().filter(node -> node.id().toString().startsWith(lower)).toList();
    }
    return switch (found.size()) {
      case 1 -> found.getFirst().id();
      case 0 ->
          throw new IllegalArgumentException(
              "there is no node '%s'; there are %s".formatted(word, names(nodes)));
      default ->
          throw new IllegalArgumentException(
              "'%s' may be %s: say more of the name".formatted(word, names(found)));
    };
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::label).sorted().collect(Collectors.joining(", "));
  }

  /**
   * An order of an operator with the node's id in place of its name.
   *
   * @throws IllegalArgumentException as {@link #find}
   */
  public String withIds(String order) {
    return replaced(order, word -> find(word).toString());
  }

  /** An order with the node's name in place of its id. */
  public String withNames(String order) {
    return replaced(order, word -> label(find(word)));
  }

  private static String replaced(String order, Function<String, String> node) {
    String[] words = order.strip().split("\\s+", 3);
    if (words.length < 2 || !ON_NODES.contains(words[0].toLowerCase(Locale.ROOT))) {
      return order;
    }
    words[1] = node.apply(words[1]);
    return String.join(" ", words);
  }
}
