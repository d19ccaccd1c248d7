package rondo.storage.chunk;

/**
 * What a store's folders hold.
 *
 * @param liveBytes records that can be read
 * @param deadBytes records that were dropped or never finished, until compaction gives them back
 * @param freeBytes that chunks may still take
 * @param damagedChunks live ones that have rotted and were not replaced yet
 */
public record StorageUsage(long liveBytes, long deadBytes, long freeBytes, long damagedChunks) {
  public StorageUsage plus(StorageUsage other) {
    return new StorageUsage(
        liveBytes + other.liveBytes,
        deadBytes + other.deadBytes,
        freeBytes + other.freeBytes,
        damagedChunks + other.damagedChunks);
  }
}
