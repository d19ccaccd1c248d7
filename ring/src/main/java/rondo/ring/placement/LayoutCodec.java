package rondo.ring.placement;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Standing.Stay;
import rondo.ring.register.Bytes;

/**
 * The bytes of layouts and nodes, on disk and between nodes. Numbers are big-endian.
 *
 * <pre>
 * layout      = version(1) = 2, epoch(8), cluster(text), partitions(4), members, due(1), move
 * members     = replication, held(1), list of node, list of standing
 * list        = count(4) ...
 * node        = id(8), zone(text), capacity bytes(8), address(text), s3 address(text)
 * standing    = id(8), 0 | 1 zone(text), capacity bytes(8), stay(1)     -1 bytes: the node's own
 *                                        stay: 0 stays, 1 leaves, 2 lost
 * move        = joint(1), since(8), was joint(1), assignment(from), other(to), other(dropped)
 * other       = 0 none | 1 the same as from | 2 assignment
 * replication = n(1), r(1), w(1)
 * assignment  = replication, owners, owners * id(8), partitions * n * index into the owners(2)
 * owners      = count(4)
 * text        = length(2), UTF-8
 * alone       = version(1) = 2, node           a node by itself, in a join
 * </pre>
 */
public final class LayoutCodec {
  private static final byte VERSION = 2;

  private LayoutCodec() {}

  public static Bytes encode(Layout layout) {
    var out = new Out();
    out.grow(1 + 8).put(VERSION).putLong(layout.epoch());
    out.text(layout.cluster());
    out.grow(4).putInt(layout.ring().partitions());
    put(out, layout.members());
    out.flag(layout.due());
    put(out, layout.move());
    return out.bytes();
  }

  /**
   * @throws IllegalArgumentException when these bytes are not a layout that this version knows
   */
  public static Layout decode(Bytes bytes) {
    var in = ByteBuffer.wrap(bytes.array());
    try {
      checkVersion(in);
      long epoch = in.getLong();
      String cluster = text(in);
      var ring = new Ring(in.getInt());
      Members members = members(in);
      boolean due = in.get() != 0;
      return new Layout(epoch, cluster, ring, members, due, move(in, ring));
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a layout that ends too soon", e);
    }
  }

  private static void put(Out out, Members members) {
    put(out, members.wish());
    out.flag(members.held());
    out.grow(4).putInt(members.nodes().size());
    members.nodes().forEach(node -> put(out, node));
    out.grow(4).putInt(members.standings().size());
    members.standings().forEach(standing -> put(out, standing));
  }

  private static Members members(ByteBuffer in) {
    Replication wish = replication(in);
    boolean held = in.get() != 0;
    List<Node> nodes = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      nodes.add(node(in));
    }
    List<Standing> standings = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      standings.add(standing(in));
    }
    return new Members(nodes, standings, wish, held);
  }

  private static void put(Out out, Standing standing) {
    out.grow(8).putLong(standing.node().value());
    out.flag(standing.zone() != null);
    if (standing.zone() != null) {
      out.text(standing.zone());
    }
    byte stay =
        switch (standing.stay()) {
          case STAYS -> 0;
          case LEAVES -> 1;
          case LOST -> 2;
        };
    out.grow(8 + 1).putLong(standing.capacityBytes()).put(stay);
  }

  private static Standing standing(ByteBuffer in) {
    var node = new NodeId(in.getLong());
    String zone = in.get() == 0 ? null : text(in);
    long capacity = in.getLong();
    Stay stay =
        switch (in.get()) {
          case 0 -> Stay.STAYS;
          case 1 -> Stay.LEAVES;
          case 2 -> Stay.LOST;
          default -> throw new IllegalArgumentException("a layout with an unknown standing");
        };
    return new Standing(node, zone, capacity, stay);
  }

  private static void put(Out out, Move move) {
    out.flag(move.joint());
    out.grow(8).putLong(move.since());
    out.flag(move.wasJoint());
    put(out, move.from());
    putOther(out, move.from(), move.to());
    putOther(out, move.from(), move.dropped());
  }

  private static Move move(ByteBuffer in, Ring ring) {
    boolean joint = in.get() != 0;
    long since = in.getLong();
    boolean wasJoint = in.get() != 0;
    Assignment from = assignment(in, ring);
    Assignment to = other(in, ring, from);
    if (to == null) {
      throw new IllegalArgumentException("a layout without owners");
    }
    return new Move(joint, since, from, to, wasJoint, other(in, ring, from));
  }

  private static void putOther(Out out, Assignment from, @Nullable Assignment other) {
    if (other == null) {
      out.grow(1).put((byte) 0);
    } else if (other.equals(from)) {
      out.grow(1).put((byte) 1);
    } else {
      put(out.kind((byte) 2), other);
    }
  }

  private static @Nullable Assignment other(ByteBuffer in, Ring ring, Assignment from) {
    return switch (in.get()) {
      case 0 -> null;
      case 1 -> from;
      case 2 -> assignment(in, ring);
      default -> throw new IllegalArgumentException("a layout with an unknown assignment");
    };
  }

  public static Bytes encode(Node node) {
    var out = new Out();
    out.grow(1).put(VERSION);
    put(out, node);
    return out.bytes();
  }

  /**
   * @throws IllegalArgumentException when these bytes are not a node that this version knows
   */
  public static Node decodeNode(Bytes bytes) {
    var in = ByteBuffer.wrap(bytes.array());
    try {
      checkVersion(in);
      return node(in);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a node that ends too soon", e);
    }
  }

  private static void checkVersion(ByteBuffer in) {
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version " + version + " of layouts is not known to this program");
    }
  }

  private static void put(Out out, Node node) {
    out.grow(8).putLong(node.id().value());
    out.text(node.zone());
    out.grow(8).putLong(node.capacityBytes());
    out.text(node.address());
    out.text(node.s3Address());
  }

  private static Node node(ByteBuffer in) {
    return new Node(new NodeId(in.getLong()), text(in), in.getLong(), text(in), text(in));
  }

  private static void put(Out out, Replication it) {
    out.grow(3).put((byte) it.n()).put((byte) it.r()).put((byte) it.w());
  }

  private static Replication replication(ByteBuffer in) {
    return new Replication(in.get(), in.get(), in.get());
  }

  private static void put(Out out, Assignment assignment) {
    put(out, assignment.replication());
    var index = new TreeMap<NodeId, Integer>();
    assignment.load().keySet().forEach(id -> index.put(id, index.size()));
    out.grow(4).putInt(index.size());
    index.keySet().forEach(id -> out.grow(8).putLong(id.value()));
    for (List<NodeId> set : assignment.owners()) {
      for (NodeId id : set) {
        out.grow(2).putShort((short) index.getOrDefault(id, 0).intValue());
      }
    }
  }

  private static Assignment assignment(ByteBuffer in, Ring ring) {
    Replication replication = replication(in);
    int count = count(in);
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new NodeId(in.getLong()));
    }
    List<List<NodeId>> owners = new ArrayList<>(ring.partitions());
    for (int p = 0; p < ring.partitions(); p++) {
      List<NodeId> set = new ArrayList<>(replication.n());
      for (int slot = 0; slot < replication.n(); slot++) {
        set.add(ids.get(Short.toUnsignedInt(in.getShort())));
      }
      owners.add(set);
    }
    return new Assignment(replication, owners);
  }

  private static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("a layout with a count of " + count);
    }
    return count;
  }

  private static String text(ByteBuffer in) {
    byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }

  /** A buffer that grows. */
  private static final class Out {
    private ByteBuffer buffer = ByteBuffer.allocate(1024);

    ByteBuffer grow(int bytes) {
      if (buffer.remaining() < bytes) {
        buffer = ByteBuffer.allocate(2 * (buffer.capacity() + bytes)).put(buffer.flip());
      }
      return buffer;
    }

    void flag(boolean flag) {
      grow(1).put((byte) (flag ? 1 : 0));
    }

    Out kind(byte kind) {
      grow(1).put(kind);
      return this;
    }

    void text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (utf8.length > 0xFFFF) {
        throw new IllegalArgumentException("a text of " + utf8.length + " bytes");
      }
      grow(2 + utf8.length).putShort((short) utf8.length).put(utf8);
    }

    Bytes bytes() {
      byte[] array = new byte[buffer.flip().remaining()];
      buffer.get(array);
      return Bytes.wrap(array);
    }
  }
}
