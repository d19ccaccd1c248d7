package rondo.ring.placement;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import rondo.ring.register.Bytes;

/**
 * The bytes of layouts and nodes, on disk and between nodes. Numbers are big-endian.
 *
 * <pre>
 * layout      = version(1) = 1, epoch(8), joint(1), cluster(text), partitions(4), replication,
 *               count(4), count * node, assignment(from), assignment(to)
 * node        = id(8), zone(text), capacity bytes(8), address(text), s3 address(text)
 * replication = n(1), r(1), w(1)
 * assignment  = replication, owners, owners * id(8), partitions * n * index into the owners(2)
 * owners      = count(4)
 * text        = length(2), UTF-8
 * alone       = version(1) = 1, node           a node by itself, in a join
 * </pre>
 */
public final class LayoutCodec {
  private static final byte VERSION = 1;

  private LayoutCodec() {}

  public static Bytes encode(Layout layout) {
    var out = new Out();
    out.grow(1 + 8 + 1).put(VERSION).putLong(layout.epoch()).put((byte) (layout.joint() ? 1 : 0));
    out.text(layout.cluster());
    out.grow(4).putInt(layout.ring().partitions());
    put(out, layout.wish());
    out.grow(4).putInt(layout.nodes().size());
    layout.nodes().forEach(node -> put(out, node));
    put(out, layout.from());
    put(out, layout.to());
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
      boolean joint = in.get() != 0;
      String cluster = text(in);
      var ring = new Ring(in.getInt());
      Replication wish = replication(in);
      int count = count(in);
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        nodes.add(node(in));
      }
      Assignment from = assignment(in, ring);
      Assignment to = assignment(in, ring);
      return new Layout(epoch, cluster, ring, nodes, wish, joint, from, to);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a layout that ends too soon", e);
    }
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
          "version " + version + " of layouts is newer than this program");
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
