package rondo.metadata.engine.table;

import java.nio.ByteBuffer;
import rondo.ring.value.Bytes;

/**
 * A page of a table, in the layout of MapDB. Integers are big-endian, offsets count from the start
 * of their page. For one thread.
 *
 * <pre>
 *   table = page*                                  the first page begins with 64 bytes of its own
 *   page  = groups:4 keys:4* values:4* end:4       the offsets of what follows, and its end
 *           (count:packed key*)* (value*)*         for each group; then zeros
 * </pre>
 */
public final class TablePage {
  private static final int FIRST_HEAD_BYTES = 64;

  /** Reads the rest of a page that is larger than a block. */
  interface Rest {
    byte[] bytes(int offset, int length);
  }

  private final byte[] block;
  private final Rest rest;
  private final int head;
  private final int groups;

  /**
   * @param block the page's first block: the whole page, unless an older version wrote it
   */
  TablePage(int number, byte[] block, Rest rest) {
    this.block = block;
    this.rest = rest;
    this.head = number == 0 ? FIRST_HEAD_BYTES : 0;
    this.groups = integer(head);
  }

  static TablePage whole(int number, byte[] page) {
    return new TablePage(
        number,
        page,
        (offset, length) -> {
          throw new IllegalStateException("past the end of a page");
        });
  }

  int groups() {
    return groups;
  }

  TableGroup group(int number) {
    return new TableGroup(part(number), () -> part(groups + number));
  }

  /** Returns the last group that begins at {@code key} or before it; -1 when there is none. */
  int find(Bytes key) {
    int low = 0;
    int high = groups;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (begins(middle, key)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }

  /** Whether the group's first key is {@code key} or less. */
  boolean begins(int number, Bytes key) {
    TableGroup group = group(number);
    group.next();
    return group.compareTo(key) <= 0;
  }

  /** Returns the page's least key. */
  public Bytes first() {
    TableGroup group = group(0);
    group.next();
    return group.key();
  }

  /** Returns the page's greatest key. */
  public Bytes last() {
    TableGroup group = group(groups - 1);
    while (group.next()) {}
    return group.key();
  }

  private ByteBuffer part(int number) {
    int at = head + Integer.BYTES + number * Integer.BYTES;
    int from = integer(at);
    return bytes(from, integer(at + Integer.BYTES) - from);
  }

  private int integer(int at) {
    ByteBuffer four = bytes(at, Integer.BYTES);
    return four.getInt(four.position());
  }

  private ByteBuffer bytes(int offset, int length) {
    return offset + length <= block.length
        ? ByteBuffer.wrap(block, offset, length)
        : ByteBuffer.wrap(rest.bytes(offset, length));
  }
}
