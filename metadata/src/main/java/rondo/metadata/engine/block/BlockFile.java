package rondo.metadata.engine.block;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;

/**
 * A file that never changes, read by blocks. Each block is verified when it comes from the disk,
 * and the {@link BlockCache} keeps it for a while. Thread-safe.
 */
public final class BlockFile implements Closeable {
  private final String name;

  /** Null when the file is missing: none of its blocks can be read. */
  private final @Nullable DiskFile file;

  private final CheckpointPart part;
  private final boolean isIndex;
  private final BlockCache cache;

  private BlockFile(
      String name,
      @Nullable DiskFile file,
      CheckpointPart part,
      boolean isIndex,
      BlockCache cache) {
    this.name = name;
    this.file = file;
    this.part = part;
    this.isIndex = isIndex;
    this.cache = cache;
  }

  /** Opens a file, even if it is missing or of the wrong length. */
  public static BlockFile open(
      CheckpointFiles files, String file, CheckpointPart part, BlockCache cache)
      throws IOException {
    return new BlockFile(
        files.path(file),
        CheckpointFiles.openIfThere(files.disk(), file),
        part,
        file.equals(files.index()),
        cache);
  }

  /** Whether the file exists and has the length that it must have. */
  public boolean isComplete() throws IOException {
    return file != null && file.size() == part.bytes();
  }

  /**
   * Whether this is an index, whose blocks the cache keeps apart from those of tables and filters.
   */
  boolean isIndex() {
    return isIndex;
  }

  public String name() {
    return name;
  }

  public CheckpointPart part() {
    return part;
  }

  /**
   * Returns a block; callers must not change it.
   *
   * @throws EngineException when it can't be read or has the wrong checksum
   */
  public byte[] block(int number) {
    byte[] known = cache.find(this, number);
    if (known != null) {
      cache.counters().cacheHits().increment();
      return known;
    }
    byte[] block = load(number);
    if (!part.isWhole(number, block)) {
      cache.counters().damaged().increment();
      throw new DamageException(
          "%s is damaged at offset %d".formatted(name, (long) number * BlockSums.BLOCK_BYTES));
    }
    cache.keep(this, number, block);
    return block;
  }

  private byte[] load(int number) {
    var block = new byte[part.blockBytes(number)];
    if (file == null) {
      throw new DamageException(name + " is missing");
    }
    try {
      file.read(ByteBuffer.wrap(block), (long) number * BlockSums.BLOCK_BYTES);
    } catch (IOException e) {
      throw new DamageException("can't read " + name + ": " + e.getMessage(), e);
    }
    EngineCounters counters = cache.counters();
    (isIndex ? counters.indexReads() : counters.blockReads()).increment();
    return block;
  }

  /**
   * Returns bytes that may lie in several blocks.
   *
   * @throws EngineException when a block can't be read or has the wrong checksum
   */
  public byte[] bytes(long offset, int length) {
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
    if (file != null) {
      file.close();
    }
  }
}
