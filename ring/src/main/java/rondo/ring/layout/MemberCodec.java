package rondo.ring.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.layout.NodeOverride.Stay;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** The bytes of members, as {@link LayoutCodec} describes them. */
final class MemberCodec {
  private MemberCodec() {}

  static void put(LayoutBuffer out, Members members) {
    out.flag(members.held());
    out.grow(4).putInt(members.nodes().size());
    members.nodes().forEach(node -> put(out, node));
    out.grow(4).putInt(members.overrides().size());
    members.overrides().forEach(override -> put(out, override));
  }

  static void putLives(LayoutBuffer out, Members members) {
    out.grow(4).putInt(members.nodes().size());
    for (Node node : members.nodes()) {
      out.grow(8).putLong(node.id().value());
      put(out, node.life());
    }
  }

  static Map<NodeId, Life> lives(ByteBuffer in) {
    Map<NodeId, Life> lives = new TreeMap<>();
    for (int left = count(in); left > 0; left--) {
      lives.put(new NodeId(in.getLong()), life(in));
    }
    return lives;
  }

  static Members members(
      ByteBuffer in, List<Replication> wishes, int release, Map<NodeId, Life> lives) {
    boolean held = in.get() != 0;
    List<Node> nodes = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      Node node = node(in);
      nodes.add(node.living(lives.getOrDefault(node.id(), Life.UNNAMED)));
    }
    List<NodeOverride> overrides = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      overrides.add(nodeOverride(in));
    }
    return new Members(nodes, overrides, wishes, held, release, List.of());
  }

  /** Writes a node without its life. */
  static void put(LayoutBuffer out, Node node) {
    out.grow(8).putLong(node.id().value());
    out.text(node.zone());
    out.grow(8).putLong(node.capacityBytes());
    out.text(node.address());
    out.text(node.s3Address());
  }

  static Node node(ByteBuffer in) {
    return new Node(new NodeId(in.getLong()), text(in), in.getLong(), text(in), text(in));
  }

  static void put(LayoutBuffer out, Life life) {
    byte[] key = life.key().array();
    out.text(life.name());
    out.grow(8 + 1 + key.length).putLong(life.number()).put((byte) key.length).put(key);
  }

  static Life life(ByteBuffer in) {
    String name = text(in);
    long number = in.getLong();
    var key = new byte[Byte.toUnsignedInt(in.get())];
    in.get(key);
    return new Life(name, number, Bytes.wrap(key));
  }

  private static void put(LayoutBuffer out, NodeOverride override) {
    out.grow(8).putLong(override.node().value());
    out.flag(override.zone() != null);
    if (override.zone() != null) {
      out.text(override.zone());
    }
    byte stay =
        switch (override.stay()) {
          case STAYS -> 0;
          case LEAVES -> 1;
          case LOST -> 2;
        };
    out.grow(8 + 1).putLong(override.capacityBytes()).put(stay);
  }

  private static NodeOverride nodeOverride(ByteBuffer in) {
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
    return new NodeOverride(node, zone, capacity, stay);
  }

  static void putJoinKeys(LayoutBuffer out, Members members) {
    out.grow(4).putInt(members.joinKeys().size());
    for (JoinKey it : members.joinKeys()) {
      out.text(it.id());
      out.text(HexFormat.of().formatHex(it.key().array()));
      out.grow(4 + 8).putInt(it.uses()).putLong(it.untilSeconds());
      out.flag(it.revoked());
    }
  }

  static List<JoinKey> joinKeys(ByteBuffer in) {
    List<JoinKey> keys = new ArrayList<>();
    for (int left = count(in); left > 0; left--) {
      String id = text(in);
      var key = Bytes.wrap(HexFormat.of().parseHex(text(in)));
      keys.add(new JoinKey(id, key, in.getInt(), in.getLong(), in.get() != 0));
    }
    return keys;
  }

  static void put(LayoutBuffer out, ClusterLife life) {
    out.grow(4 + 3 * 8)
        .putInt(life.number())
        .putLong(life.firstEpoch())
        .putLong(life.floorMicros())
        .putLong(life.begunMicros());
  }

  static ClusterLife clusterLife(ByteBuffer in) {
    return new ClusterLife(in.getInt(), in.getLong(), in.getLong(), in.getLong());
  }

  static int count(ByteBuffer in) {
    int count = in.getInt();
    if (count < 0 || count > in.remaining()) {
      throw new IllegalArgumentException("a layout with a count of " + count);
    }
    return count;
  }

  static String text(ByteBuffer in) {
    byte[] text = new byte[Short.toUnsignedInt(in.getShort())];
    in.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
