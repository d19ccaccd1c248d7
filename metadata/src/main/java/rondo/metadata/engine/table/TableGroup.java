package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * Walks through the rows of a group; it starts before the first. Keys are compared in place, and
 * values are read only on demand. For one thread.
 */
final class TableGroup {
  private final ByteBuffer keys;
  private final Supplier<ByteBuffer> unread;
  private @Nullable ByteBuffer values;
  private int left;
  private int keyAt;

  /** How many values lie between the position in the values and this row's value. */
  private int valuesBehind = -1;

  TableGroup(ByteBuffer keys, Supplier<ByteBuffer> values) {
    this.keys = keys;
    this.unread = values;
    this.left = unpack(keys);
  }

  /** Goes to the next row. At the end it stays at the last row and returns false. */
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

  /** Compares the row's key with {@code key}, as {@link Comparable#compareTo} does. */
  int compareTo(Bytes key) {
    int start = keys.arrayOffset();
    return Arrays.compareUnsigned(
        keys.array(), start + keyAt, start + keys.position(), key.array(), 0, key.length());
  }

  /** Returns the bytes that stand beside the key; callers must not change them. */
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

  /**
   * Reads one of MapDB's packed integers: seven bits in a byte, the highest first, the last byte
   * marked.
   */
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
