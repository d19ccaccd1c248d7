package rondo.storage.extent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import rondo.storage.disk.DiskException;

/**
 * Writes one chunk, front to back, into the range that was reserved for it. Ends with {@link
 * #commit} or {@link #abort}. Not thread-safe.
 */
public final class ChunkWriter {
  private final ExtentFolder folder;
  private final ChunkId id;
  private final Place place;
  private final int[] sums;
  private final CRC32C crc = new CRC32C();
  private int written;
  private boolean open = true;

  ChunkWriter(ExtentFolder folder, ChunkId id, Place place) {
    this.folder = folder;
    this.id = id;
    this.place = place;
    this.sums = new int[ExtentFormat.blocks(place.length())];
  }

  /**
   * Writes all of {@code from}.
   *
   * @throws IllegalStateException when that is more than was announced
   * @throws DiskException when the disk failed or is full: the chunk is given up
   */
  public void write(ByteBuffer from) {
    if (!open || from.remaining() > place.length() - written) {
      throw new IllegalStateException("more bytes than were announced for " + id);
    }
    int count = from.remaining();
    addSums(from.duplicate());
    try {
      place.extent().file().write(from, place.payload() + written);
    } catch (IOException e) {
      throw giveUp(e);
    }
    written += count;
  }

  private void addSums(ByteBuffer from) {
    int at = written;
    int end = from.limit();
    while (from.position() < end) {
      int room = ExtentFormat.BLOCK_BYTES - at % ExtentFormat.BLOCK_BYTES;
      int count = Math.min(room, end - from.position());
      crc.update(from.limit(from.position() + count));
      at += count;
      if (count == room || at == place.length()) {
        sums[(at - 1) / ExtentFormat.BLOCK_BYTES] = (int) crc.getValue();
        crc.reset();
      }
    }
  }

  /**
   * Returns once the chunk is on stable storage, and can be read.
   *
   * @throws IllegalStateException when bytes are missing
   * @throws DiskException when the disk failed: whether the chunk is there isn't known
   */
  public void commit() {
    if (!open || written != place.length()) {
      throw new IllegalStateException("bytes are missing of " + id);
    }
    var extent = place.extent();
    try {
      extent
          .file()
          .write(
              ExtentFormat.sums(extent.salt(), place.headerCrc(), sums),
              place.payload() + place.length());
      folder.sync(extent.sync());
    } catch (IOException e) {
      throw giveUp(e);
    }
    open = false;
    folder.committed(id, place);
  }

  private DiskException giveUp(IOException e) {
    open = false;
    folder.aborted(place);
    return folder.failed("can't write " + extent(), e);
  }

  private String extent() {
    return place.extent().fileName();
  }

  /** Gives up: what was written is dead space. Does nothing after the end. */
  public void abort() {
    if (open) {
      open = false;
      folder.aborted(place);
    }
  }
}
