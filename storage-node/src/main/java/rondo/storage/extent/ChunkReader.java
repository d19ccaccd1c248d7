package rondo.storage.extent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import rondo.ring.register.Bytes;
import rondo.storage.disk.CorruptException;
import rondo.storage.disk.DiskException;

/**
 * Reads one chunk; every byte that it gives was verified. Keeps the chunk readable, also when it is
 * dropped meanwhile, until it is closed. Not thread-safe.
 */
public final class ChunkReader implements AutoCloseable {
  private final Place place;
  private final Bytes owner;
  private final int[] sums;
  private boolean open = true;

  private ChunkReader(Place place, Bytes owner, int[] sums) {
    this.place = place;
    this.owner = owner;
    this.sums = sums;
  }

  /** The caller has retained the extent; the reader releases it. */
  static ChunkReader open(ChunkId id, Place place) throws IOException {
    var found = ChunkHeader.read(place.extent(), place.position());
    if (found == null || !found.header().id().equals(id)) {
      throw corrupt(place, place.position(), place.headerCrc(), found == null ? 0 : found.crc());
    }
    int[] sums = ExtentFormat.sums(place);
    if (sums == null) {
      throw corrupt(place, place.payload() + place.length(), 0, 0);
    }
    return new ChunkReader(place, found.header().owner(), sums);
  }

  /** Bytes of the chunk. */
  public int length() {
    return place.length();
  }

  /** The owner bytes that the chunk was written with. */
  public Bytes owner() {
    return owner;
  }

  /**
   * Fills {@code into} with the bytes from {@code offset} on. Cheapest when offset and end are
   * multiples of 64 KiB (or the chunk's end), and the buffer is direct.
   *
   * @throws CorruptException when a block that it touches is not as it was written
   * @throws IllegalArgumentException when the chunk ends before
   */
  public void read(int offset, ByteBuffer into) {
    if (offset < 0 || into.remaining() > length() - offset) {
      throw new IllegalArgumentException("past the end of the chunk: " + offset);
    }
    try {
      while (into.hasRemaining()) {
        offset += readBlock(offset, into);
      }
    } catch (IOException e) {
      throw new DiskException("can't read " + place.extent().fileName(), e);
    }
  }

  private int readBlock(int offset, ByteBuffer into) throws IOException {
    int index = offset / ExtentFormat.BLOCK_BYTES;
    int start = index * ExtentFormat.BLOCK_BYTES;
    int length = Math.min(ExtentFormat.BLOCK_BYTES, length() - start);
    if (offset == start && into.remaining() >= length) {
      var block = into.slice(into.position(), length);
      verify(index, start, block);
      into.position(into.position() + length);
      return length;
    }
    var block = ByteBuffer.allocate(length);
    verify(index, start, block);
    int count = Math.min(into.remaining(), length - (offset - start));
    into.put(block.array(), offset - start, count);
    return count;
  }

  private void verify(int index, int start, ByteBuffer block) throws IOException {
    long position = place.payload() + start;
    place.extent().file().read(block, position);
    var crc = new CRC32C();
    crc.update(block.flip());
    if ((int) crc.getValue() != sums[index]) {
      throw corrupt(place, position, sums[index], (int) crc.getValue());
    }
  }

  private static CorruptException corrupt(Place place, long offset, int expected, int found) {
    return new CorruptException(place.extent().fileName(), offset, expected, found);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      release(place.extent());
    }
  }

  static void release(Extent extent) {
    try {
      extent.release();
    } catch (IOException e) {
      throw new DiskException("can't close " + extent.fileName(), e);
    }
  }
}
