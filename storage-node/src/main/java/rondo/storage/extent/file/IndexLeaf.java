package rondo.storage.extent.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/**
 * A leaf of the {@link ChunkIndex}: some hundred rows, sorted by name. Guarded by the index's lock.
 *
 * <pre>
 * row = chunk(20) extent(4) position / 512(4) flags and record bytes / 512(4)
 * </pre>
 */
final class IndexLeaf {
  /** An insertion moves half of 16 KiB on average: a fraction of a microsecond. */
  static final int MOST_ROWS = 512;

  private static final int NAME = ChunkId.BYTES;
  private static final int ROW = NAME + 12;
  private static final int STEP_ROWS = 16;
  private static final int QUARANTINED = 1 << 31;
  private static final int MOVING = 1 << 30;
  private static final int SIZE = MOVING - 1;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** The fields of a row that decide whether its name is wanted. */
  record Row(int extent, boolean quarantined) {}

  private byte[] rows = new byte[STEP_ROWS * ROW];
  private int count;

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Returns the bytes of memory of the leaf, with the headers of its objects and its entry in the
   * list.
   */
  long memoryBytes() {
    return 48L + rows.length;
  }

  boolean beginsAfter(byte[] name) {
    return compare(0, name) > 0;
  }

  @Nullable ChunkPlace place(byte[] name, Map<Integer, Extent> extents) {
    int row = find(name);
    if (row < 0) {
      return null;
    }
    int sectors = number(row, 2);
    var extent = extents.get(number(row, 0));
    if (extent == null) {
      throw new IllegalStateException("a chunk in an extent that is gone");
    }
    return new ChunkPlace(
        extent,
        Integer.toUnsignedLong(number(row, 1)) * ExtentFormat.ALIGNMENT,
        (sectors & SIZE) * ExtentFormat.ALIGNMENT,
        (sectors & QUARANTINED) != 0);
  }

  void put(byte[] name, ChunkPlace place) {
    int row = find(name);
    if (row < 0) {
      row = -row - 1;
      insert(row, name);
    }
    set(row, 0, place.extent().ordinal());
    set(row, 1, (int) (place.position() / ExtentFormat.ALIGNMENT));
    int sectors = place.recordBytes() / ExtentFormat.ALIGNMENT;
    set(row, 2, place.quarantined() ? sectors | QUARANTINED : sectors);
  }

  private void insert(int row, byte[] name) {
    if (count * ROW == rows.length) {
      rows = Arrays.copyOf(rows, rows.length + STEP_ROWS * ROW);
    }
    System.arraycopy(rows, row * ROW, rows, (row + 1) * ROW, (count - row) * ROW);
    System.arraycopy(name, 0, rows, row * ROW, NAME);
    count++;
  }

  void remove(byte[] name) {
    int row = find(name);
    if (row >= 0) {
      count--;
      System.arraycopy(rows, (row + 1) * ROW, rows, row * ROW, (count - row) * ROW);
      if (rows.length - count * ROW > 4 * STEP_ROWS * ROW) {
        rows = Arrays.copyOf(rows, (count + STEP_ROWS) * ROW);
      }
    }
  }

  boolean isMoving(byte[] name) {
    int row = find(name);
    return row >= 0 && (number(row, 2) & MOVING) != 0;
  }

  /** Marks a chunk as being moved, until the next {@link #put}. */
  void setMoving(byte[] name) {
    int row = find(name);
    set(row, 2, number(row, 2) | MOVING);
  }

  /**
   * Splits off the larger half of the names when the leaf is full, and returns the new leaf; null
   * when it isn't full.
   */
  @Nullable IndexLeaf split() {
    if (count < MOST_ROWS) {
      return null;
    }
    int half = count / 2;
    var right = new IndexLeaf();
    right.count = count - half;
    right.rows = Arrays.copyOf(Arrays.copyOfRange(rows, half * ROW, count * ROW), sizeOf(right));
    count = half;
    rows = Arrays.copyOf(rows, sizeOf(this));
    return right;
  }

  private static int sizeOf(IndexLeaf leaf) {
    return (leaf.count + STEP_ROWS) * ROW;
  }

  /**
   * Adds names until there are {@code limit}, and returns the last one that was looked at; null
   * when there was none.
   */
  byte @Nullable [] names(
      byte @Nullable [] after, int limit, List<ChunkId> into, Predicate<Row> wanted) {
    int row = after == null ? 0 : find(after);
    row = row < 0 ? -row - 1 : after == null ? 0 : row + 1;
    byte[] last = null;
    for (; row < count && into.size() < limit; row++) {
      last = Arrays.copyOfRange(rows, row * ROW, row * ROW + NAME);
      if (wanted.test(new Row(number(row, 0), number(row, 2) < 0))) {
        into.add(ChunkId.of(Bytes.wrap(last)));
      }
    }
    return last;
  }

  private int number(int row, int field) {
    return (int) INT.get(rows, row * ROW + NAME + 4 * field);
  }

  private void set(int row, int field, int value) {
    INT.set(rows, row * ROW + NAME + 4 * field, value);
  }

  /** Returns the row of this name, or -(its place if it were here) - 1. */
  private int find(byte[] name) {
    int low = 0;
    int high = count;
    while (low < high) {
      int middle = (low + high) >>> 1;
      int order = compare(middle, name);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return -low - 1;
  }

  private int compare(int row, byte[] name) {
    return Arrays.compareUnsigned(rows, row * ROW, row * ROW + NAME, name, 0, NAME);
  }
}
