package rondo.store.transport;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * The frame in the place of a greeting by which a node says why it closes a connection. Older
 * programs take it for garbage.
 *
 * <pre>
 * refusal = "RNDX", lost(1), epoch(8), why(UTF-8)
 * </pre>
 *
 * @param lost whether the node at the other end was given up, and not removed by order
 * @param epoch of the layout by which the node at the other end is a member no more; 0 where that
 *     isn't the reason
 */
record ConnectionRefusal(boolean lost, long epoch, String why) {
  private static final int MAGIC = 0x524E4458;
  private static final int HEAD = 4 + 1 + 8;
  private static final int LONGEST = Greeting.LONGEST - HEAD;

  /** A reason that this node found by itself. */
  static ConnectionRefusal of(String why) {
    return new ConnectionRefusal(false, 0, why);
  }

  static boolean is(Buffer frame) {
    return frame.length() >= HEAD && frame.getInt(0) == MAGIC;
  }

  static ConnectionRefusal decode(Buffer frame) {
    return new ConnectionRefusal(
        frame.getByte(4) != 0,
        frame.getLong(5),
        frame.getString(HEAD, frame.length(), StandardCharsets.UTF_8.name()));
  }

  Buffer encode() {
    byte[] text = why.getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendInt(MAGIC)
        .appendByte((byte) (lost ? 1 : 0))
        .appendLong(epoch)
        .appendBytes(text, 0, Math.min(text.length, LONGEST));
  }
}
