package rondo.metadata.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of an engine's checkpoints that were read lately, of tables and of filters, within a
 * number of bytes. Files never change, so that nothing here is ever stale. A scan takes no room
 * from what is read again and again: Caffeine admits by frequency. Thread-safe.
 */
final class BlockCache {
  /** What a block costs besides its bytes. */
  private static final int ENTRY_BYTES = 128;

  private record At(Blocks file, int number) {}

  private final Cache<At, byte[]> blocks;
  private final EngineCounters counters;
  private final Damaged damaged = new Damaged();

  BlockCache(long bytes, EngineCounters counters) {
    this.blocks =
        Caffeine.newBuilder()
            .maximumWeight(bytes)
            .weigher((At at, byte[] block) -> block.length + ENTRY_BYTES)
            .executor(Runnable::run)
            .build();
    this.counters = counters;
  }

  EngineCounters counters() {
    return counters;
  }

  /** The checkpoints of which a read was not what was written. */
  Damaged damaged() {
    return damaged;
  }

  byte @Nullable [] find(Blocks file, int number) {
    return blocks.getIfPresent(new At(file, number));
  }

  void keep(Blocks file, int number, byte[] block) {
    blocks.put(new At(file, number), block);
  }
}
