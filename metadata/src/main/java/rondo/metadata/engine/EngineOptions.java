package rondo.metadata.engine;

/**
 * How an engine treats its disk and memory. Beside what is bounded here, an engine keeps in memory
 * the checksums of the blocks of its checkpoints: about a tenth of a byte per row on disk.
 *
 * @param memtableBytes of log after which a memtable is frozen and written to a checkpoint; three
 *     of them may be in memory at once, each row with some 200 bytes beside its own
 * @param queueBytes of log that wait for the disk before writers have to
 * @param runs of checkpoints that may stand side by side before some are merged
 * @param cacheBytes of checkpoints, tables and filters, that are kept in memory
 * @param indexBytes of checkpoints' indexes that are kept beside them; RocksDB keeps its own among
 *     the others
 * @param checkpointBytes of one checkpoint, more or less
 */
public record EngineOptions(
    Durability durability,
    long memtableBytes,
    long queueBytes,
    int runs,
    long cacheBytes,
    long indexBytes,
    long checkpointBytes) {
  /** Much less than the 2 GiB that a sorted table of MapDB can hold. */
  private static final long CHECKPOINT_BYTES = 128L << 20;

  private static final long MOST_CHECKPOINT_BYTES = 1L << 30;

  public EngineOptions {
    if (memtableBytes < 1 || memtableBytes > 1L << 30 || queueBytes < 1 || runs < 1) {
      throw new IllegalArgumentException("memtable, queue or runs out of range");
    }
    if (cacheBytes < 0
        || indexBytes < 0
        || checkpointBytes < 1
        || checkpointBytes > MOST_CHECKPOINT_BYTES) {
      throw new IllegalArgumentException("cache or checkpoints out of range");
    }
  }

  /**
   * For this heap: a sixteenth of it for a memtable, an eighth for the cache, and a quarter of that
   * for indexes, which take half a byte for each row, or more where keys differ late.
   */
  public static EngineOptions defaults(Durability durability) {
    long heap = Runtime.getRuntime().maxMemory();
    long memtable = Math.clamp(heap / 16, 4L << 20, 64L << 20);
    long cache = Math.clamp(heap / 8, 8L << 20, 1L << 30);
    return new EngineOptions(
        durability, memtable, memtable / 4, 8, cache, cache / 4, CHECKPOINT_BYTES);
  }
}
