package rondo.ring.register;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * A register's state as the bytes of a row. Integers are big-endian.
 *
 * <pre>
 * row      = version stamp value count(2) instance*
 * version  = 1
 * stamp    = time(8) node(8) rmw(4)
 * value    = length(4) byte*            length -1: absent
 * instance = stamp promised:ballot (0 | 1 accepted)
 * ballot   = round(8) node(8)
 * accepted = ballot origin:ballot value
 * </pre>
 */
final class RegisterCodec {
  private static final byte VERSION = 1;
  private static final int STAMP_BYTES = 20;
  private static final int BALLOT_BYTES = 16;

  private RegisterCodec() {}

  static Bytes encode(RegisterState state) {
    var out = ByteBuffer.allocate(size(state));
    out.put(VERSION);
    put(out, state.current().stamp());
    put(out, state.current().value());
    out.putShort((short) state.instances().size());
    for (PaxosInstance instance : state.instances()) {
      put(out, instance.base());
      put(out, instance.promised());
      AcceptedValue accepted = instance.accepted();
      out.put((byte) (accepted == null ? 0 : 1));
      if (accepted != null) {
        put(out, accepted.ballot());
        put(out, accepted.origin());
        put(out, accepted.value());
      }
    }
    return Bytes.wrap(out.array());
  }

  static RegisterState decode(Bytes bytes) {
    ByteBuffer in = begin(bytes);
    try {
      var current = new VersionedValue(stamp(in), value(in));
      int count = in.getShort();
      var instances = new ArrayList<PaxosInstance>();
      for (int i = 0; i < count; i++) {
        instances.add(
            new PaxosInstance(stamp(in), ballot(in), in.get() == 0 ? null : accepted(in)));
      }
      if (count < 0 || in.hasRemaining()) {
        throw new IllegalArgumentException("a row with a wrong end");
      }
      return new RegisterState(current, instances);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a row that is cut off", e);
    }
  }

  static RegisterState.Seen see(Bytes bytes) {
    ByteBuffer in = begin(bytes);
    try {
      Stamp stamp = stamp(in);
      int length = length(in);
      return new RegisterState.Seen(stamp, length < 0 ? null : in.slice(in.position(), length));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a row that is cut off", e);
    }
  }

  private static ByteBuffer begin(Bytes bytes) {
    if (bytes.length() == 0 || bytes.at(0) != VERSION) {
      throw new IllegalArgumentException("not a row of format " + VERSION);
    }
    return ByteBuffer.wrap(bytes.array()).position(1);
  }

  private static int size(RegisterState state) {
    int size = 1 + STAMP_BYTES + size(state.current().value()) + 2;
    for (PaxosInstance instance : state.instances()) {
      AcceptedValue accepted = instance.accepted();
      size += STAMP_BYTES + BALLOT_BYTES + 1;
      size += accepted == null ? 0 : 2 * BALLOT_BYTES + size(accepted.value());
    }
    return size;
  }

  private static int size(@Nullable Bytes value) {
    return 4 + (value == null ? 0 : value.length());
  }

  private static void put(ByteBuffer out, Stamp stamp) {
    out.putLong(stamp.time()).putLong(stamp.node()).putInt(stamp.rmw());
  }

  private static void put(ByteBuffer out, Ballot ballot) {
    out.putLong(ballot.round()).putLong(ballot.node());
  }

  private static void put(ByteBuffer out, @Nullable Bytes value) {
    if (value == null) {
      out.putInt(-1);
    } else {
      out.putInt(value.length()).put(value.array());
    }
  }

  private static Stamp stamp(ByteBuffer in) {
    return new Stamp(in.getLong(), in.getLong(), in.getInt());
  }

  private static Ballot ballot(ByteBuffer in) {
    return new Ballot(in.getLong(), in.getLong());
  }

  private static AcceptedValue accepted(ByteBuffer in) {
    return new AcceptedValue(ballot(in), ballot(in), value(in));
  }

  private static @Nullable Bytes value(ByteBuffer in) {
    int length = length(in);
    if (length < 0) {
      return null;
    }
    byte[] value = new byte[length];
    in.get(value);
    return Bytes.wrap(value);
  }

  /** The length of the value that follows, in bytes; -1: absent. */
  private static int length(ByteBuffer in) {
    int length = in.getInt();
    if (length < -1 || length > in.remaining()) {
      throw new IllegalArgumentException("a value of " + length + " bytes");
    }
    return length;
  }
}
