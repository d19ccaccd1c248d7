package rondo.ring.layout;

import java.util.HexFormat;
import java.util.Locale;
import rondo.ring.placement.Replication;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * A change of the layout that an operator asks for. Applied twice, it changes nothing more. {@link
 * #parse} reads its text:
 *
 * <pre>
 * add NODE              forget the operator's settings for it: its own description counts
 * drain NODE            it holds nothing any more, but stays a member
 * remove NODE           it is drained, and then leaves the cluster
 * lose NODE             it is gone for good: others take over without its help
 * zone NODE NAME        it is in that zone
 * capacity NODE BYTES   it offers this many bytes
 * copies N R W          the replication of all data that names no other class
 * class N R W           a class of N copies, which buckets may ask for
 * under-replicated      the others may leave copies without a node: their seats stay vacant
 * token ID KEY USES UNTIL  a join token: its public key in hex, its uses or -1, its end in seconds
 * revoke ID             that join token takes no node in any more
 * hold                  until the next change, no move begins and the present one goes back
 * </pre>
 */
public sealed interface LayoutChange {
  record Add(NodeId node) implements LayoutChange {
    @Override
    public String toString() {
      return "add " + node;
    }
  }

  /** Drains the node, and then removes it from the cluster. */
  record Remove(NodeId node) implements LayoutChange {
    @Override
    public String toString() {
      return "remove " + node;
    }
  }

  record Lose(NodeId node) implements LayoutChange {
    @Override
    public String toString() {
      return "lose " + node;
    }
  }

  record Zone(NodeId node, String zone) implements LayoutChange {
    public Zone {
      if (zone.isBlank() || zone.length() > 64 || zone.contains("\n")) {
        throw new IllegalArgumentException("a zone's name has 1 to 64 characters in one line");
      }
    }

    @Override
    public String toString() {
      return "zone " + node + " " + zone;
    }
  }

  /** Sets the bytes that a node offers; 0 drains it. */
  record Capacity(NodeId node, long bytes) implements LayoutChange {
    public Capacity {
      if (bytes < 0) {
        throw new IllegalArgumentException("a capacity of " + bytes + " bytes");
      }
    }

    @Override
    public String toString() {
      return bytes == 0 ? "drain " + node : "capacity " + node + " " + bytes;
    }
  }

  record Copies(Replication wish) implements LayoutChange {
    @Override
    public String toString() {
      return "copies %d %d %d".formatted(wish.n(), wish.r(), wish.w());
    }
  }

  /** Adds a class of {@code wish.n} copies; an existing class of that number gets these quorums. */
  record CopyClass(Replication wish) implements LayoutChange {
    @Override
    public String toString() {
      return "class %d %d %d".formatted(wish.n(), wish.r(), wish.w());
    }
  }

  /**
   * Allows the changes that it is given with to leave fewer nodes or zones than the copies need.
   * The seats of these copies stay vacant until a node comes.
   */
  record UnderReplicated() implements LayoutChange {
    static final String TEXT = "under-replicated";

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /** Names a join token; one that is named already keeps its uses. */
  record Token(JoinKey key) implements LayoutChange {
    @Override
    public String toString() {
      String hex = HexFormat.of().formatHex(key.key().array());
      return "token %s %s %d %d".formatted(key.id(), hex, key.uses(), key.untilSeconds())
          + (key.revoked() ? " revoked" : "");
    }

    static Token parse(String[] words) {
      if (words.length < 5) {
        throw new IllegalArgumentException("'token' takes other arguments");
      }
      var key = Bytes.wrap(HexFormat.of().parseHex(words[2]));
      return new Token(
          new JoinKey(words[1], key, (int) number(words[3]), number(words[4]), words.length > 5));
    }
  }

  /** Ends a join token. */
  record Revoke(String token) implements LayoutChange {
    @Override
    public String toString() {
      return "revoke " + token;
    }
  }

  /** Until the next change, no move begins, and the move under way goes back. */
  record Hold() implements LayoutChange {
    @Override
    public String toString() {
      return "hold";
    }
  }

  /**
   * Whether this order, given later, leaves nothing of an older one: they say different things of
   * the same thing, such as "drain" and "remove" of one node.
   */
  default boolean replaces(LayoutChange older) {
    return subject(this).equals(subject(older));
  }

  private static String subject(LayoutChange order) {
    return switch (order) {
      case Add(NodeId node) -> "node " + node;
      case Remove(NodeId node) -> "node " + node;
      case Lose(NodeId node) -> "node " + node;
      case Capacity(NodeId node, long _) -> "node " + node;
      case Zone(NodeId node, String _) -> "zone of " + node;
      case Copies _ -> "copies";
      case CopyClass(Replication wish) -> "class " + wish.n();
      case Token(JoinKey key) -> "token " + key.id();
      case Revoke(String token) -> "token " + token;
      case UnderReplicated _, Hold _ -> order.toString();
    };
  }

  /**
   * @throws IllegalArgumentException with a message in one line that says what is wrong
   */
  static LayoutChange parse(String text) {
    String[] words = text.strip().split("\\s+", 3);
    return switch (words[0].toLowerCase(Locale.ROOT)) {
      case "add" -> new Add(node(words, 2));
      case "drain" -> new Capacity(node(words, 2), 0);
      case "remove" -> new Remove(node(words, 2));
      case "lose" -> new Lose(node(words, 2));
      case "zone" -> new Zone(node(words, 3), words[2].strip());
      case "capacity" -> new Capacity(node(words, 3), number(words[2]));
      case "copies" -> new Copies(copies(text.strip().split("\\s+")));
      case "class" -> new CopyClass(copies(text.strip().split("\\s+")));
      case UnderReplicated.TEXT -> new UnderReplicated();
      case "token" -> Token.parse(text.strip().split("\\s+"));
      case "revoke" -> new Revoke(words.length > 1 ? words[1] : "");
      case "hold" -> new Hold();
      default ->
          throw new IllegalArgumentException(
              "'%s' is not one of add, drain, remove, lose, zone, capacity, copies, class"
                  .formatted(words[0]));
    };
  }

  private static NodeId node(String[] words, int count) {
    if (words.length != count) {
      throw new IllegalArgumentException("'%s' takes other arguments".formatted(words[0]));
    }
    try {
      return new NodeId(Long.parseUnsignedLong(words[1], 16));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a node's id".formatted(words[1]), e);
    }
  }

  private static Replication copies(String[] words) {
    return switch (words.length) {
      case 2 -> Replication.majority(small(words[1]));
      case 4 -> new Replication(small(words[1]), small(words[2]), small(words[3]));
      default -> throw new IllegalArgumentException("'%s' takes N, or N R W".formatted(words[0]));
    };
  }

  private static int small(String word) {
    return (int) Math.min(Integer.MAX_VALUE, number(word));
  }

  private static long number(String word) {
    try {
      return Long.parseLong(word.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'%s' is not a number".formatted(word), e);
    }
  }
}
