package rondo.storage.extent;

/**
 * What a store's folders hold.
 *
 * @param liveBytes records that can be read
 * @param deadBytes records that were dropped or never finished, until compaction gives them back
 * @param freeBytes that chunks may still take
 * @param damagedChunks live ones that have rotted and were not replaced yet
 */
public record Usage(long liveBytes, long deadBytes, long freeBytes, long damagedChunks) {
  Usage plus(Usage other) {
    return new Usage(
        liveBytes + other.liveBytes,
        deadBytes + other.deadBytes,
        freeBytes + other.freeBytes,
        damagedChunks + other.damagedChunks);
  }
}
