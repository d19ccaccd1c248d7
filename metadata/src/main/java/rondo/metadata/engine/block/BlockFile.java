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
 * A file that never changes, read by blocks: each is verified when it comes from the disk, and is
 * kept by the {@link BlockCache} for a while. Thread-safe.
 */
public final class BlockFile implements Closeable {
  private final String name;

  /** Null when it is missing: no block of it can be read. */
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

  /** Opens it, even if it is missing or has another length than it must have. */
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

  /** Whether it is there and as long as it must be. */
  public boolean isComplete() throws IOException {
    return file != null && file.size() == part.bytes();
  }

  /** Whether its blocks are apart from those of rows. */
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
   * A block, which nobody changes.
   *
   * @throws EngineException when it can't be read or isn't what was written
   */
  public byte[] block(int number) {
    byte[] known = cache.find(this, number);
    if (known != null) {
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

  /** Bytes that may lie in several blocks. */
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
