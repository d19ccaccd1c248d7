package rondo.metadata.engine;

/**
 * The settings of an engine for its disk and memory. Beside the memory that is bounded here, an
 * engine keeps the checksums of its checkpoints' blocks: about a tenth of a byte for each row on
 * disk.
 *
 * @param memtableBytes bytes of log after which a memtable is frozen and flushed to a checkpoint;
 *     up to three memtables may be in memory, each row with some 200 bytes of overhead
 * @param queueBytes bytes of log that may wait for the disk before writers have to wait
 * @param runs how many runs of checkpoints may stand side by side before some are merged
 * @param cacheBytes memory for blocks of checkpoints' tables and filters
 * @param indexBytes memory for blocks of checkpoints' indexes, beside the former; RocksDB keeps its
 *     index blocks among the others
 * @param checkpointBytes approximate size of one checkpoint
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
   * Returns the options for this heap: a sixteenth of it for a memtable, an eighth for the cache,
   * and a quarter of that for indexes, which take half a byte for each row, or more where keys
   * differ only near their ends.
   */
  public static EngineOptions defaults(Durability durability) {
    long heap = Runtime.getRuntime().maxMemory();
    long memtable = Math.clamp(heap / 16, 4L << 20, 64L << 20);
    long cache = Math.clamp(heap / 8, 8L << 20, 1L << 30);
    return new EngineOptions(
        durability, memtable, memtable / 4, 8, cache, cache / 4, CHECKPOINT_BYTES);
  }
}
