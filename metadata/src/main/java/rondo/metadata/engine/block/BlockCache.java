package rondo.metadata.engine.block;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.EngineCounters;

/**
 * A cache of the blocks that were read lately from an engine's checkpoints. Blocks of tables and
 * filters share one bound; blocks of indexes have another, so that a scan of rows doesn't evict
 * them. Checkpoint files never change, so no block is ever stale. Caffeine admits blocks by how
 * often they are read, so a scan doesn't evict the blocks that are read again and again.
 * Thread-safe.
 */
public final class BlockCache {
  /** Memory that a block takes beside its bytes. */
  private static final int ENTRY_BYTES = 128;

  private record At(BlockFile file, int number) {}

  private final Cache<At, byte[]> blocks;
  private final Cache<At, byte[]> indexes;
  private final EngineCounters counters;
  private final DamagedCheckpoints damaged = new DamagedCheckpoints();

  /**
   * @param bytes bound for blocks of tables and filters
   * @param indexBytes bound for blocks of indexes
   */
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

  /** Returns the checkpoints in which a read found damage. */
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
