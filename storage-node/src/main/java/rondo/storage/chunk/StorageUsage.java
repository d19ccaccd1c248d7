package rondo.storage.chunk;

/**
 * The use of space in a store's folders.
 *
 * @param liveBytes bytes of the records that can be read
 * @param deadBytes bytes of the records that were dropped or never finished, until compaction frees
 *     them
 * @param freeBytes bytes that new chunks may take
 * @param damagedChunks how many live chunks are damaged and not replaced yet
 */
public record StorageUsage(long liveBytes, long deadBytes, long freeBytes, long damagedChunks) {
  /** Returns the sum of both. */
  public StorageUsage plus(StorageUsage other) {
    return new StorageUsage(
        liveBytes + other.liveBytes,
        deadBytes + other.deadBytes,
        freeBytes + other.freeBytes,
        damagedChunks + other.damagedChunks);
  }
}
