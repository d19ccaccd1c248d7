package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The rows of a group one after the other, from before the first one. Keys are compared where they
 * lie, and values are not looked at before they are asked for. For one thread.
 */
final class TableGroup {
  private final ByteBuffer keys;
  private final Supplier<ByteBuffer> unread;
  private @Nullable ByteBuffer values;
  private int left;
  private int keyAt;

  /** Values that have to be passed to come to that of this row. */
  private int valuesBehind = -1;

  TableGroup(ByteBuffer keys, Supplier<ByteBuffer> values) {
    this.keys = keys;
    this.unread = values;
    this.left = unpack(keys);
  }

  /** Goes to the next row; false at the end, where this stays at the last one. */
  boolean next() {
    if (left == 0) {
      return false;
    }
    left--;
    valuesBehind++;
    int length = unpack(keys);
    keyAt = keys.position();
    keys.position(keyAt + length);
    return true;
  }

  Bytes key() {
    var key = new byte[keys.position() - keyAt];
    keys.get(keyAt, key);
    return Bytes.wrap(key);
  }

  /** Negative when the row's key is less than {@code key}, and so on. */
  int compareTo(Bytes key) {
    int start = keys.arrayOffset();
    return Arrays.compareUnsigned(
        keys.array(), start + keyAt, start + keys.position(), key.array(), 0, key.length());
  }

  /** What stands beside the key, which nobody changes. */
  ByteBuffer value() {
    ByteBuffer all = values;
    if (all == null) {
      all = unread.get();
      values = all;
    }
    for (; valuesBehind > 0; valuesBehind--) {
      int length = unpack(all);
      all.position(all.position() + length);
    }
    ByteBuffer here = all.duplicate();
    int length = unpack(here);
    return here.limit(here.position() + length);
  }

  /** MapDB's packed integers: seven bits in a byte, the highest first, the last one marked. */
  private static int unpack(ByteBuffer from) {
    int value = 0;
    byte next = from.get();
    while (next >= 0) {
      value = (value << 7) | next;
      next = from.get();
    }
    return (value << 7) | (next & 0x7f);
  }
}
