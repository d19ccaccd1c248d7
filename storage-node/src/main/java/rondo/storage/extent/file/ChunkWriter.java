package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import rondo.storage.folder.DiskException;

/**
 * Writes one chunk, front to back, into the range that is reserved for it. Ends with {@link
 * #commit} or {@link #abort}. Not thread-safe.
 */
public final class ChunkWriter {
  private final RecordWriters writers;
  private final Extent extent;
  private final ExtentEntry entry;
  private final int[] sums;
  private final CRC32C crc = new CRC32C();
  private int written;
  private boolean open = true;

  ChunkWriter(RecordWriters writers, Extent extent, ExtentEntry entry) {
    this.writers = writers;
    this.extent = extent;
    this.entry = entry;
    this.sums = new int[ExtentFormat.blocks(entry.length())];
  }

  public Extent extent() {
    return extent;
  }

  public ExtentEntry entry() {
    return entry;
  }

  /**
   * Writes all of {@code from}.
   *
   * @throws IllegalStateException when these are more bytes than was announced
   * @throws DiskException when the disk failed or is full: the chunk is given up
   */
  public void write(ByteBuffer from) {
    if (!open || from.remaining() > entry.length() - written) {
      throw new IllegalStateException("more bytes than were announced for " + entry.id());
    }
    int count = from.remaining();
    addSums(from.duplicate());
    try {
      extent.file().write(from, entry.payload() + written);
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
      if (count == room || at == entry.length()) {
        sums[(at - 1) / ExtentFormat.BLOCK_BYTES] = (int) crc.getValue();
        crc.reset();
      }
    }
  }

  /**
   * Ends the chunk; returns once it is on stable storage and can be read.
   *
   * @throws IllegalStateException when bytes are missing
   * @throws DiskException when the disk failed; the chunk may be there after a restart or not
   */
  public void commit() {
    finish();
    try {
      writers.health().sync(extent.sync());
    } catch (IOException e) {
      throw giveUp(e);
    }
    open = false;
    writers.committed(extent, entry);
  }

  /** Completes the record, without making it durable. */
  public void finish() {
    if (!open || written != entry.length()) {
      throw new IllegalStateException("bytes are missing of " + entry.id());
    }
    try {
      var encoded = ExtentFormat.sums(extent.salt(), entry.headerCrc(), sums);
      extent.file().write(encoded, entry.payload() + entry.length());
    } catch (IOException e) {
      throw giveUp(e);
    }
  }

  private DiskException giveUp(IOException e) {
    open = false;
    writers.ended(extent, entry);
    return writers.health().failed("can't write " + extent.fileName(), e);
  }

  /** Gives the chunk up: its record is dead space. Does nothing after the end. */
  public void abort() {
    if (open) {
      open = false;
      writers.ended(extent, entry);
    }
  }

  /** Gives the chunk up without touching the disk, which has failed. */
  public void leave() {
    if (open) {
      open = false;
      writers.left(extent, entry);
    }
  }
}
