package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import rondo.ring.value.NodeId;

/**
 * The first frame of a connection, in both directions.
 *
 * <pre>
 * greeting = "RNDO", version(2), kind(1), node(8), epoch(8), cluster(1 + n, UTF-8)
 * </pre>
 *
 * @param version the newest version of the protocol that the node speaks; so far there is only one
 * @param epoch the newest layout that the sender knows
 */
record Greeting(int version, Kind kind, NodeId node, long epoch, String cluster) {
  static final int VERSION = 1;
  static final int LONGEST = 4 + 2 + 1 + 8 + 8 + 1 + 255;
  private static final int MAGIC = 0x524E444F;
  private static final int SHORTEST = LONGEST - 255;

  /** What the connection is used for after the greeting. */
  enum Kind {
    MESSAGES(1),
    BULK(2);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalArgumentException("an unknown kind of connection");
    }
  }

  Buffer encode() {
    byte[] name = cluster.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendInt(MAGIC)
        .appendShort((short) version)
        .appendByte((byte) kind.code)
        .appendLong(node.value())
        .appendLong(epoch)
        .appendByte((byte) name.length)
        .appendBytes(name);
  }

  /**
   * Decodes the frame of a greeting.
   *
   * @throws IllegalArgumentException when the frame isn't a greeting
   */
  static Greeting decode(Buffer frame) {
    if (frame.length() < SHORTEST || frame.getInt(0) != MAGIC) {
      throw new IllegalArgumentException("not a node of a Rondo cluster");
    }
    int length = Byte.toUnsignedInt(frame.getByte(23));
    if (frame.length() != SHORTEST + length) {
      throw new IllegalArgumentException("a malformed greeting");
    }
    return new Greeting(
        Short.toUnsignedInt(frame.getShort(4)),
        Kind.of(frame.getByte(6)),
        new NodeId(frame.getLong(7)),
        frame.getLong(15),
        frame.getString(24, 24 + length));
  }
}
