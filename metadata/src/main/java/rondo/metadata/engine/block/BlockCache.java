package rondo.metadata.engine.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineCounters;

/**
 * The blocks of an engine's checkpoints that were read lately, of tables and of filters, within a
 * number of bytes, and apart from them those of indexes, which no scan of rows drives out. Files
 * never change, so that nothing here is ever stale. A scan takes no room from what is read again
 * and again: Caffeine admits by frequency. Thread-safe.
 */
public final class BlockCache {
  /** What a block costs besides its bytes. */
  private static final int ENTRY_BYTES = 128;

  private record At(BlockFile file, int number) {}

  private final Cache<At, byte[]> blocks;
  private final Cache<At, byte[]> indexes;
  private final EngineCounters counters;
  private final DamagedCheckpoints damaged = new DamagedCheckpoints();

  public BlockCache(long bytes, long indexBytes, EngineCounters counters) {
    this.blocks = cache(bytes);
    this.indexes = cache(indexBytes);
    this.counters = counters;
  }

  private static Cache<At, byte[]> cache(long bytes) {
    return Caffeine.newBuilder()
        .maximumWeight(bytes)
        .weigher((At at, byte[] block) -> block.length + ENTRY_BYTES)
        .executor(Runnable::run)
        .build();
  }

  public EngineCounters counters() {
    return counters;
  }

  /** The checkpoints of which a read was not what was written. */
  public DamagedCheckpoints damaged() {
    return damaged;
  }

  byte @Nullable [] find(BlockFile file, int number) {
    return of(file).getIfPresent(new At(file, number));
  }

  void keep(BlockFile file, int number, byte[] block) {
    of(file).put(new At(file, number), block);
  }

  private Cache<At, byte[]> of(BlockFile file) {
    return file.isIndex() ? indexes : blocks;
  }
}
