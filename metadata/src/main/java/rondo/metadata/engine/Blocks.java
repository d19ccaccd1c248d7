package rondo.metadata.engine;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;

/**
 * A file that never changes, read by blocks: each is verified when it comes from the disk, and is
 * kept by the {@link BlockCache} for a while. Thread-safe.
 */
final class Blocks implements Closeable {
  private final String name;
  private final DiskFile file;
  private final Part part;
  private final BlockCache cache;

  private Blocks(String name, DiskFile file, Part part, BlockCache cache) {
    this.name = name;
    this.file = file;
    this.part = part;
    this.cache = cache;
  }

  /**
   * @throws EngineException when it is missing or has another length than it must have
   */
  static Blocks open(Disk disk, String file, Part part, BlockCache cache) throws IOException {
    String name = disk.path() + "/" + file;
    DiskFile opened = disk.open(file);
    if (opened.size() != part.bytes()) {
      opened.close();
      throw CheckpointFiles.damaged(name);
    }
    return new Blocks(name, opened, part, cache);
  }

  String name() {
    return name;
  }

  Part part() {
    return part;
  }

  /**
   * A block, which nobody changes.
   *
   * @throws EngineException when it can't be read or isn't what was written
   */
  byte[] block(int number) {
    byte[] known = cache.find(this, number);
    if (known != null) {
      return known;
    }
    byte[] block = load(number);
    if (!part.isWhole(number, block)) {
      cache.counters().damaged().increment();
      throw new EngineException(
          "%s is damaged at offset %d".formatted(name, (long) number * BlockSums.BLOCK_BYTES));
    }
    cache.keep(this, number, block);
    return block;
  }

  private byte[] load(int number) {
    var block = new byte[part.blockBytes(number)];
    try {
      file.read(ByteBuffer.wrap(block), (long) number * BlockSums.BLOCK_BYTES);
    } catch (IOException e) {
      throw new EngineException("can't read " + name + ": " + e.getMessage(), e);
    }
    cache.counters().blockReads().increment();
    return block;
  }

  /** Bytes that may lie in several blocks. */
  byte[] bytes(long offset, int length) {
    var bytes = new byte[length];
    int done = 0;
    while (done < length) {
      byte[] block = block((int) ((offset + done) / BlockSums.BLOCK_BYTES));
      int from = (int) ((offset + done) % BlockSums.BLOCK_BYTES);
      int some = Math.min(length - done, block.length - from);
      System.arraycopy(block, from, bytes, done, some);
      done += some;
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
