package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;

/**
 * The index at the end of a sealed extent, so that opening the extent reads no records.
 *
 * <pre>
 * footer = entry* tail                   {@link ExtentEntry}; the tail ends the file
 * tail   = "RONDOFT1"(8) number(8) salt(8) start of the footer(8) entries(4) crc(4)
 * </pre>
 *
 * The checksum covers the footer up to itself. The footer repeats the head of the extent.
 */
record ExtentFooter(ExtentFormat.Head head, long start, List<ExtentEntry> entries) {
  private static final long MAGIC = 0x524F4E444F465431L;
  private static final int TAIL_BYTES = 8 + 8 + 8 + 8 + 4 + 4;

  ByteBuffer encode() {
    var buffer = ByteBuffer.allocate(entries.size() * ExtentEntry.BYTES + TAIL_BYTES);
    entries.forEach(entry -> entry.put(buffer));
    buffer.putLong(MAGIC).putLong(head.number()).putLong(head.salt());
    buffer.putLong(start).putInt(entries.size());
    buffer.putInt(ExtentFormat.crc(buffer, 0, buffer.position()));
    return buffer.flip();
  }

  /** Reads the footer of a file; null when it has none that is whole. */
  static @Nullable ExtentFooter read(DiskFile file) throws IOException {
    long size = file.size();
    var tail = ByteBuffer.allocate(TAIL_BYTES);
    if (size < TAIL_BYTES || file.read(tail, size - TAIL_BYTES) < TAIL_BYTES) {
      return null;
    }
    long start = tail.getLong(24);
    int count = tail.getInt(32);
    if (tail.getLong(0) != MAGIC
        || start < 0
        || count < 0
        || size - start != (long) count * ExtentEntry.BYTES + TAIL_BYTES) {
      return null;
    }
    var whole = ByteBuffer.allocate((int) (size - start));
    file.read(whole, start);
    int crcAt = whole.capacity() - 4;
    if (whole.getInt(crcAt) != ExtentFormat.crc(whole, 0, crcAt)) {
      return null;
    }
    whole.flip();
    var entries = new ArrayList<ExtentEntry>(count);
    for (int i = 0; i < count; i++) {
      entries.add(ExtentEntry.get(whole));
    }
    return new ExtentFooter(
        new ExtentFormat.Head(tail.getLong(8), tail.getLong(16)), start, entries);
  }
}
