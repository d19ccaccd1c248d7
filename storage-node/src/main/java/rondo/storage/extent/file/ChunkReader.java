package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;

/**
 * Reads a chunk; every byte that it returns has been verified. The chunk stays readable until the
 * reader is closed, even if it is dropped meanwhile. Not thread-safe.
 */
public final class ChunkReader implements AutoCloseable {
  private final Extent extent;
  private final ExtentEntry entry;
  private final Bytes owner;
  private final int[] sums;
  private final Consumer<CorruptException> damaged;
  private boolean open = true;

  private ChunkReader(
      Extent extent,
      ExtentEntry entry,
      Bytes owner,
      int[] sums,
      Consumer<CorruptException> damaged) {
    this.damaged = damaged;
    this.extent = extent;
    this.entry = entry;
    this.owner = owner;
    this.sums = sums;
  }

  /**
   * Opens a chunk whose extent the caller has retained. The reader releases the extent, also when
   * this fails.
   */
  public static ChunkReader open(ChunkId id, ChunkPlace place) {
    return open(id, place, _ -> {});
  }

  /**
   * Opens a chunk whose extent the caller has retained. The reader releases the extent, also when
   * this fails.
   *
   * @param damaged called with each exception for damage before it is thrown
   */
  public static ChunkReader open(ChunkId id, ChunkPlace place, Consumer<CorruptException> damaged) {
    ChunkReader reader = null;
    try {
      reader = read(id, place, damaged);
      return reader;
    } catch (IOException e) {
      throw told(new CorruptException(place.extent().fileName(), place.position(), e), damaged);
    } catch (CorruptException e) {
      throw told(e, damaged);
    } finally {
      if (reader == null) {
        release(place.extent());
      }
    }
  }

  private static CorruptException told(CorruptException e, Consumer<CorruptException> damaged) {
    damaged.accept(e);
    return e;
  }

  private static ChunkReader read(ChunkId id, ChunkPlace place, Consumer<CorruptException> damaged)
      throws IOException {
    var extent = place.extent();
    var found = ChunkHeader.read(extent, place.position());
    if (found == null || !found.header().id().equals(id)) {
      throw corrupt(extent, place.position(), 0, found == null ? 0 : found.crc());
    }
    var entry = ExtentEntry.of(place.position(), found);
    int[] sums = ExtentFormat.sums(extent, entry);
    if (sums == null) {
      throw corrupt(extent, entry.payload() + entry.length(), 0, 0);
    }
    return new ChunkReader(extent, entry, found.header().owner(), sums, damaged);
  }

  /** Returns the chunk's length in bytes. */
  public int length() {
    return entry.length();
  }

  /** Returns the header that the chunk was written with. */
  public ChunkHeader header() {
    return new ChunkHeader(entry.id(), entry.length(), entry.writtenMicros(), owner);
  }

  /** Returns the owner bytes that the chunk was written with. */
  public Bytes owner() {
    return owner;
  }

  /**
   * Returns the chunk as a list has it.
   *
   * @param nowMicros this node's clock, microseconds since 1970
   */
  public ListedChunk listed(long nowMicros) {
    long age = Math.max(0, nowMicros - entry.writtenMicros());
    return new ListedChunk(entry.id(), owner, entry.length(), age);
  }

  /**
   * Fills {@code into} with the bytes from {@code offset} on. Cheapest when offset and end are
   * multiples of 64 KiB (or the chunk's end), and the buffer is direct.
   *
   * @throws CorruptException when a block that it touches is damaged
   * @throws IllegalArgumentException when {@code into} reaches beyond the chunk's end
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
      throw told(new CorruptException(extent.fileName(), entry.payload() + offset, e), damaged);
    } catch (CorruptException e) {
      throw told(e, damaged);
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
    long position = entry.payload() + start;
    extent.file().read(block, position);
    var crc = new CRC32C();
    crc.update(block.flip());
    if ((int) crc.getValue() != sums[index]) {
      throw corrupt(extent, position, sums[index], (int) crc.getValue());
    }
  }

  private static CorruptException corrupt(Extent extent, long offset, int expected, int found) {
    return new CorruptException(extent.fileName(), offset, expected, found);
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      release(extent);
    }
  }

  /**
   * Releases an extent.
   *
   * @throws DiskException when its file can't be closed
   */
  public static void release(Extent extent) {
    try {
      extent.release();
    } catch (IOException e) {
      throw new DiskException("can't close " + extent.fileName(), e);
    }
  }
}
