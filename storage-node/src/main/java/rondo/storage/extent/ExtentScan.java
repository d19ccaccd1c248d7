package rondo.storage.extent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Finds the whole records of an extent that has no footer, after a crash. A record counts when its
 * sums are there and every block fits them.
 */
final class ExtentScan {
  /** Gets each whole record, in order. */
  @FunctionalInterface
  interface Visitor {
    void found(ChunkId id, Place place);
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
        // Either the end, or a header that rotted: look for the next one.
        gap = true;
        position += ExtentFormat.ALIGNMENT;
        continue;
      }
      var place = Place.of(extent, position, found);
      position += place.recordBytes();
      if (isWhole(place)) {
        wholeEnd = position;
        gapBefore |= gap;
        visitor.found(found.header().id(), place);
      }
    }
  }

  /** Where the last whole record ends. */
  long wholeEnd() {
    return wholeEnd;
  }

  /** Whether bytes that are no record lie before the end of the last whole record. */
  boolean isDamaged() {
    return gapBefore;
  }

  private boolean isWhole(Place place) throws IOException {
    int[] sums = ExtentFormat.sums(place);
    if (sums == null) {
      return false;
    }
    for (int i = 0; i < sums.length; i++) {
      if (sums[i] != sum(place, i)) {
        return false;
      }
    }
    return true;
  }

  private int sum(Place place, int index) throws IOException {
    int offset = index * ExtentFormat.BLOCK_BYTES;
    block.clear().limit(Math.min(ExtentFormat.BLOCK_BYTES, place.length() - offset));
    extent.file().read(block, place.payload() + offset);
    var crc = new CRC32C();
    crc.update(block.flip());
    return (int) crc.getValue();
  }
}
