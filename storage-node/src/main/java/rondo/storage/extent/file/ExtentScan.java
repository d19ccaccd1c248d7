package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Finds the whole records of an extent without a footer, after a crash. A record is whole when its
 * sums are there and every block fits them.
 */
final class ExtentScan {
  /** Called with each whole record, in order. */
  @FunctionalInterface
  interface Visitor {
    void found(ExtentEntry entry);
  }

  private final Extent extent;
  private final long size;
  private final ByteBuffer block = ByteBuffer.allocateDirect(ExtentFormat.BLOCK_BYTES);
  private boolean gap;
  private boolean gapBefore;
  private long wholeEnd = ExtentFormat.HEAD_BYTES;

  ExtentScan(Extent extent) throws IOException {
    this.extent = extent;
    this.size = extent.file().size();
  }

  void run(Visitor visitor) throws IOException {
    long position = ExtentFormat.HEAD_BYTES;
    while (position < size) {
      var found = ChunkHeader.read(extent, position);
      if (found == null) {
        // Either the end, or a damaged header: search for the next one.
        gap = true;
        position += ExtentFormat.ALIGNMENT;
        continue;
      }
      var entry = ExtentEntry.of(position, found);
      position += entry.recordBytes();
      if (isWhole(entry)) {
        wholeEnd = position;
        gapBefore |= gap;
        visitor.found(entry);
      }
    }
  }

  /** Returns the offset at which the last whole record ends. */
  long wholeEnd() {
    return wholeEnd;
  }

  /** Whether bytes that are no record lie before the end of the last whole record. */
  boolean isDamaged() {
    return gapBefore;
  }

  private boolean isWhole(ExtentEntry entry) throws IOException {
    int[] sums = ExtentFormat.sums(extent, entry);
    if (sums == null) {
      return false;
    }
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != sum(entry, i)) {
        return false;
      }
    }
    return true;
  }

  private int sum(ExtentEntry entry, int index) throws IOException {
    int offset = index * ExtentFormat.BLOCK_BYTES;
    block.clear().limit(Math.min(ExtentFormat.BLOCK_BYTES, entry.length() - offset));
    extent.file().read(block, entry.payload() + offset);
    var crc = new CRC32C();
    crc.update(block.flip());
    return (int) crc.getValue();
  }
}
