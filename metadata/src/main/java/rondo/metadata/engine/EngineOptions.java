package rondo.metadata.engine;

/**
 * How an engine treats its disk and memory.
 *
 * @param memtableBytes of log after which a memtable is frozen and written to a checkpoint; three
 *     of them may be in memory at once
 * @param queueBytes of log that wait for the disk before writers have to
 * @param checkpoints that may stand side by side before some are merged
 */
public record EngineOptions(
    Durability durability, long memtableBytes, long queueBytes, int checkpoints) {
  public EngineOptions {
    if (memtableBytes < 1 || memtableBytes > 1L << 30 || queueBytes < 1 || checkpoints < 1) {
      throw new IllegalArgumentException("memtable, queue or checkpoints out of range");
    }
  }

  /** For this heap: a sixteenth of it for a memtable, between 4 and 64 MiB. */
  public static EngineOptions defaults(Durability durability) {
    long memtable = Math.clamp(Runtime.getRuntime().maxMemory() / 16, 4L << 20, 64L << 20);
    return new EngineOptions(durability, memtable, memtable / 4, 8);
  }
}
