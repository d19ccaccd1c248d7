package rondo.ring.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/** Appends the parts of messages to a growing array; {@link MessageCodec} has their grammar. */
final class MessageWriter {
  private static final int LONGEST_TEXT = 1024;

  private ByteBuffer out = ByteBuffer.allocate(256);

  byte[] bytes() {
    return Arrays.copyOf(out.array(), out.position());
  }

  MessageWriter u8(int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException("not a byte: " + value);
    }
    room(1).put((byte) value);
    return this;
  }

  MessageWriter i32(int value) {
    room(4).putInt(value);
    return this;
  }

  MessageWriter i64(long value) {
    room(8).putLong(value);
    return this;
  }

  MessageWriter flag(boolean value) {
    return u8(value ? 1 : 0);
  }

  MessageWriter nodeStates(List<NodeState> nodeStates) {
    if (nodeStates.isEmpty() || nodeStates.size() > NodeState.MOST) {
      throw new IllegalArgumentException(nodeStates.size() + " node states");
    }
    i32(nodeStates.size());
    for (NodeState it : nodeStates) {
      i64(it.node().value()).i64(it.incarnation()).i64(it.beat());
      i64(it.epoch()).i64(it.active()).i64(it.copied()).flag(it.suspected());
    }
    return this;
  }

  /** A key's part. */
  MessageWriter name(Bytes name) {
    if (name.length() > MessageCodec.LONGEST_NAME) {
      throw new IllegalArgumentException("a key of " + name.length() + " bytes");
    }
    room(2 + name.length()).putShort((short) name.length()).put(name.array());
    return this;
  }

  MessageWriter optionalName(@Nullable Bytes name) {
    return name == null ? u8(0) : u8(1).name(name);
  }

  MessageWriter value(@Nullable Bytes value) {
    if (value == null) {
      return i32(-1);
    }
    room(4 + value.length()).putInt(value.length()).put(value.array());
    return this;
  }

  /** A text for people, cut off after {@link #LONGEST_TEXT} bytes. */
  MessageWriter text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return name(Bytes.wrap(Arrays.copyOf(utf8, Math.min(utf8.length, LONGEST_TEXT))));
  }

  MessageWriter key(Key key) {
    return u8(key.table()).name(key.partition()).name(key.sort());
  }

  MessageWriter stamp(Stamp stamp) {
    return i64(stamp.time()).i64(stamp.node()).i32(stamp.rmw());
  }

  MessageWriter ballot(Ballot ballot) {
    return i64(ballot.round()).i64(ballot.node());
  }

  MessageWriter versioned(VersionedValue state) {
    return stamp(state.stamp()).value(state.value());
  }

  MessageWriter accepted(AcceptedValue accepted) {
    return ballot(accepted.ballot()).ballot(accepted.origin()).value(accepted.value());
  }

  private ByteBuffer room(int needed) {
    if (out.remaining() < needed) {
      long size = Math.max(2L * out.capacity(), (long) out.position() + needed);
      if ((long) out.position() + needed > MessageCodec.LARGEST_MESSAGE) {
        throw new IllegalArgumentException("a message over the limit");
      }
      int capacity = (int) Math.min(size, MessageCodec.LARGEST_MESSAGE);
      var larger = ByteBuffer.allocate(capacity);
      out.flip();
      out = larger.put(out);
    }
    return out;
  }
}
