package rondo.ring.layout;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * The bytes of layouts and nodes, on disk and between nodes. Numbers are big-endian.
 *
 * <pre>
 * layout      = version(1) = 4, release(4), list of (id(8), life), plain, list of token, rescue | plain
 * plain       = version(1) = 2 or 3, epoch(8), cluster(text), partitions(4), members, due(1), move
 * members     = replications, held(1), list of node, list of override
 * list        = count(4) ...
 * node        = id(8), zone(text), capacity bytes(8), address(text), s3 address(text)
 * token       = id(text), key(text, hex), uses(4), until(8), revoked(1); without tokens and rescue
 *               no list
 * rescue      = life(4), its first epoch(8), floor of stamps(8), begun(8); nothing in life 1
 * life        = name(text), number(8), key: count(1), bytes
 * override    = id(8), 0 | 1 zone(text), capacity bytes(8), stay(1)     -1 bytes: the node's own
 *                                        stay: 0 stays, 1 leaves, 2 lost
 * move        = joint(1), since(8), was joint(1), assignment(from), other(to), other(dropped)
 * other       = 0 none | 1 the same as from | 2 assignment
 * replications = in version 2: replication; else: count(1), count * replication, by class
 * replication = n(1), r(1), w(1)
 * assignment  = replications, owners, owners * id(8),
 *               by class: partitions * n * index into the owners(2)
 * owners      = count(4)
 * text        = length(2), UTF-8
 * alone       = version(1) = 2, node, release(4), life, token's id(text)    a node by itself, in a join; older
 *                                        programs read and write nothing behind the node
 * </pre>
 *
 * Programs that announce no release know versions 2 (one class of copies) and 3 alone. A layout is
 * written as these until all members announce a release; from then on it is version 4, which those
 * programs refuse.
 */
public final class LayoutCodec {
  private static final byte VERSION = 2;
  private static final byte VERSION_OF_CLASSES = 3;
  private static final byte VERSION_OF_RELEASES = 4;

  private LayoutCodec() {}

  public static Bytes encode(Layout layout) {
    var out = new LayoutBuffer();
    if (layout.members().release() > 0) {
      out.grow(1 + 4).put(VERSION_OF_RELEASES).putInt(layout.members().release());
      MemberCodec.putLives(out, layout.members());
    }
    byte version = layout.to().classes().size() > 1 ? VERSION_OF_CLASSES : VERSION;
    out.grow(1 + 8).put(version).putLong(layout.epoch());
    out.text(layout.cluster());
    out.grow(4).putInt(layout.ring().partitions());
    put(out, layout.members().wishes());
    MemberCodec.put(out, layout.members());
    out.flag(layout.due());
    put(out, layout.move());
    boolean first = layout.life().number() == ClusterLife.FIRST.number();
    if (layout.members().release() > 0 && !(first && layout.members().joinKeys().isEmpty())) {
      MemberCodec.putJoinKeys(out, layout.members());
    }
    if (!first) {
      MemberCodec.put(out, layout.life());
    }
    return out.bytes();
  }

  /**
   * @throws IllegalArgumentException when these bytes are not a layout that this version knows
   */
  public static Layout decode(Bytes bytes) {
    var in = ByteBuffer.wrap(bytes.array());
    try {
      byte version = version(in);
      int release = version == VERSION_OF_RELEASES ? in.getInt() : 0;
      Map<NodeId, Life> lives = version == VERSION_OF_RELEASES ? MemberCodec.lives(in) : Map.of();
      boolean classes =
          (version == VERSION_OF_RELEASES ? version(in) : version) == VERSION_OF_CLASSES;
      long epoch = in.getLong();
      String cluster = MemberCodec.text(in);
      var ring = new Ring(in.getInt());
      List<Replication> wishes = replications(in, classes);
      Members members = MemberCodec.members(in, wishes, release, lives);
      boolean due = in.get() != 0;
      PartitionMove move = move(in, ring, classes);
      if (version == VERSION_OF_RELEASES && in.hasRemaining()) {
        members = members.joinedBy(MemberCodec.joinKeys(in));
      }
      boolean first = version != VERSION_OF_RELEASES || !in.hasRemaining();
      ClusterLife life = first ? ClusterLife.FIRST : MemberCodec.clusterLife(in);
      return new Layout(epoch, cluster, life, ring, members, due, move);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("a layout that ends too soon", e);
    }
  }

  private static void put(LayoutBuffer out, PartitionMove move) {
    out.flag(move.joint());
    out.grow(8).putLong(move.since());
    out.flag(move.wasJoint());
    put(out, move.from());
    putOther(out, move.from(), move.to());
    putOther(out, move.from(), move.dropped());
  }

  private static PartitionMove move(ByteBuffer in, Ring ring, boolean classes) {
    boolean joint = in.get() != 0;
    long since = in.getLong();
    boolean wasJoint = in.get() != 0;
    Assignment from = assignment(in, ring, classes);
    Assignment to = other(in, ring, classes, from);
    if (to == null) {
      throw new IllegalArgumentException("a layout without owners");
    }
    return new PartitionMove(joint, since, from, to, wasJoint, other(in, ring, classes, from));
  }

  private static void putOther(LayoutBuffer out, Assignment from, @Nullable Assignment other) {
    if (other == null) {
      out.grow(1).put((byte) 0);
    } else if (other.equals(from)) {
      out.grow(1).put((byte) 1);
    } else {
      put(out.kind((byte) 2), other);
    }
  }

  private static @Nullable Assignment other(
      ByteBuffer in, Ring ring, boolean classes, Assignment from) {
    return switch (in.get()) {
      case 0 -> null;
      case 1 -> from;
      case 2 -> assignment(in, ring, classes);
      default -> throw new IllegalArgumentException("a layout with an unknown assignment");
    };
  }

  public static Bytes encode(Introduction told) {
    var out = new LayoutBuffer();
    out.grow(1).put(VERSION);
    MemberCodec.put(out, told.node());
    out.grow(4).putInt(told.release());
    MemberCodec.put(out, told.node().life());
    out.text(told.token());
    return out.bytes();
  }

  /**
   * @throws IllegalArgumentException when these bytes are not a node that this version knows
   */
  public static Introduction decodeIntroduction(Bytes bytes) {
    var in = ByteBuffer.wrap(bytes.array());
    try {
      if (version(in) != VERSION) {
        throw new IllegalArgumentException("a node in the version of layouts");
      }
      Node node = MemberCodec.node(in);
      int release = in.hasRemaining() ? in.getInt() : 0;
      Node living = in.hasRemaining() ? node.living(MemberCodec.life(in)) : node;
      return new Introduction(living, release, in.hasRemaining() ? MemberCodec.text(in) : "");
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a node that ends too soon", e);
    }
  }

  private static byte version(ByteBuffer in) {
    byte version = in.get();
    if (version < VERSION || version > VERSION_OF_RELEASES) {
      throw new IllegalArgumentException(
          "version %d of layouts is not known to this program: a newer one wrote it"
              .formatted(version));
    }
    return version;
  }

  private static void put(LayoutBuffer out, Replication it) {
    out.grow(3).put((byte) it.n()).put((byte) it.r()).put((byte) it.w());
  }

  private static Replication replication(ByteBuffer in) {
    return new Replication(in.get(), in.get(), in.get());
  }

  private static void put(LayoutBuffer out, List<Replication> classes) {
    if (classes.size() > 1) {
      out.grow(1).put((byte) classes.size());
    }
    classes.forEach(it -> put(out, it));
  }

  private static List<Replication> replications(ByteBuffer in, boolean classes) {
    List<Replication> all = new ArrayList<>();
    for (int left = classes ? in.get() : 1; left > 0; left--) {
      all.add(replication(in));
    }
    return all;
  }

  private static void put(LayoutBuffer out, Assignment assignment) {
    put(out, assignment.classes());
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

  private static Assignment assignment(ByteBuffer in, Ring ring, boolean classes) {
    List<Replication> replications = replications(in, classes);
    int count = MemberCodec.count(in);
    List<NodeId> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(new NodeId(in.getLong()));
    }
    List<List<NodeId>> owners = new ArrayList<>(replications.size() * ring.partitions());
    for (Replication replication : replications) {
      for (int p = 0; p < ring.partitions(); p++) {
        owners.add(set(in, replication.n(), ids));
      }
    }
    return new Assignment(replications, owners);
  }

  private static List<NodeId> set(ByteBuffer in, int copies, List<NodeId> ids) {
    List<NodeId> set = new ArrayList<>(copies);
    for (int slot = 0; slot < copies; slot++) {
      set.add(ids.get(Short.toUnsignedInt(in.getShort())));
    }
    return set;
  }
}
