package rondo.ring.message;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Takes messages apart; {@link MessageCodec} has their grammar. Checks every length before use. */
final class MessageReader {
  /**
   * The largest time or round in a message: clocks add to them, and must not come near an overflow.
   */
  private static final long LATEST_TIME = 1L << 62;

  /** A part of a list. */
  interface Part<T> {
    T read() throws MalformedException;
  }

  private final ByteBuffer in;

  MessageReader(ByteBuffer in) throws MalformedException {
    this.in = in.slice();
    if (in.remaining() > MessageCodec.LARGEST_MESSAGE) {
      throw new MalformedException("a message of " + in.remaining() + " bytes");
    }
  }

  void end() throws MalformedException {
    if (in.hasRemaining()) {
      throw new MalformedException(in.remaining() + " bytes after the message");
    }
  }

  int u8() throws MalformedException {
    need(1);
    return in.get() & 0xff;
  }

  int i32() throws MalformedException {
    need(4);
    return in.getInt();
  }

  long i64() throws MalformedException {
    need(8);
    return in.getLong();
  }

  boolean flag() throws MalformedException {
    int value = u8();
    if (value > 1) {
      throw new MalformedException("a flag of " + value);
    }
    return value == 1;
  }

  List<NodeState> nodeStates() throws MalformedException {
    List<NodeState> nodeStates = list(NodeState.BYTES, this::nodeState);
    if (nodeStates.isEmpty() || nodeStates.size() > NodeState.MOST) {
      throw new MalformedException(nodeStates.size() + " node states");
    }
    return nodeStates;
  }

  private NodeState nodeState() throws MalformedException {
    return new NodeState(new NodeId(i64()), i64(), i64(), i64(), i64(), i64(), flag());
  }

  int positive() throws MalformedException {
    int value = i32();
    if (value < 1) {
      throw new MalformedException("not positive: " + value);
    }
    return value;
  }

  Bytes name() throws MalformedException {
    need(2);
    return bytes(in.getShort() & 0xffff);
  }

  @Nullable Bytes optionalName() throws MalformedException {
    return flag() ? name() : null;
  }

  @Nullable Bytes value() throws MalformedException {
    int length = i32();
    return length == -1 ? null : bytes(length);
  }

  /** A value that must not be null. */
  Bytes present() throws MalformedException {
    Bytes value = value();
    if (value == null) {
      throw new MalformedException("no value");
    }
    return value;
  }

  String text() throws MalformedException {
    return name().utf8();
  }

  Key key() throws MalformedException {
    return new Key(u8(), name(), name());
  }

  Stamp stamp() throws MalformedException {
    var stamp = new Stamp(time(), i64(), i32());
    if (stamp.rmw() < 0 || stamp.rmw() == Integer.MAX_VALUE) {
      throw new MalformedException("a stamp of " + stamp);
    }
    return stamp;
  }

  Ballot ballot() throws MalformedException {
    return new Ballot(time(), i64());
  }

  VersionedValue versioned() throws MalformedException {
    return new VersionedValue(stamp(), value());
  }

  AcceptedValue accepted() throws MalformedException {
    return new AcceptedValue(ballot(), ballot(), value());
  }

  /** A list whose parts take at least {@code smallest} bytes each. */
  <T> List<T> list(int smallest, Part<T> part) throws MalformedException {
    int count = i32();
    if (count < 0 || count > in.remaining() / smallest) {
      throw new MalformedException("a list of " + count);
    }
    var parts = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      parts.add(part.read());
    }
    return parts;
  }

  private long time() throws MalformedException {
    long time = i64();
    if (time < 0 || time > LATEST_TIME) {
      throw new MalformedException("a time of " + time);
    }
    return time;
  }

  private Bytes bytes(int length) throws MalformedException {
    if (length < 0) {
      throw new MalformedException("a length of " + length);
    }
    need(length);
    byte[] bytes = new byte[length];
    in.get(bytes);
    return Bytes.wrap(bytes);
  }

  private void need(int bytes) throws MalformedException {
    if (in.remaining() < bytes) {
      throw new MalformedException("cut off: " + bytes + " of " + in.remaining());
    }
  }
}
