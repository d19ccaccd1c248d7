package rondo.storage.extent.file;

import java.util.Arrays;

/**
 * The marks of a folder's {@link DropLog}, eight bytes of memory each. Filled first, then {@link
 * #sort sorted}, then queried. Not thread-safe.
 */
final class DropMarks {
  /** The meaning of a mark. */
  enum Kind {
    DROPPED(0),
    /** The chunk is damaged: kept, but not counted as held. */
    QUARANTINED(1);

    private final int bit;

    Kind(int bit) {
      this.bit = bit;
    }

    int bit() {
      return bit;
    }

    static Kind of(long bits) {
      return (bits & 1) == 0 ? DROPPED : QUARANTINED;
    }
  }

  private long[] marks = new long[16];
  private int count;

  void add(long extent, long position, Kind kind) {
    if (count == marks.length) {
      marks = Arrays.copyOf(marks, 2 * count);
    }
    marks[count++] = packed(extent, position, kind);
  }

  /** Packs a mark into eight bytes; extents are smaller than 512 GiB. */
  private static long packed(long extent, long position, Kind kind) {
    return (extent << 31) | ((position / ExtentFormat.ALIGNMENT) << 1) | kind.bit();
  }

  DropMarks sort() {
    Arrays.sort(marks, 0, count);
    return this;
  }

  boolean has(long extent, long position, Kind kind) {
    return Arrays.binarySearch(marks, 0, count, packed(extent, position, kind)) >= 0;
  }

  /** Called with each mark. */
  @FunctionalInterface
  interface Visitor {
    void mark(long extent, long position, Kind kind);
  }

  void forEach(Visitor visitor) {
    for (int i = 0; i < count; i++) {
      long sector = (marks[i] & 0x7fffffffL) >>> 1;
      visitor.mark(marks[i] >>> 31, sector * ExtentFormat.ALIGNMENT, Kind.of(marks[i]));
    }
  }

  int size() {
    return count;
  }
}
