package rondo.storage.extent;

/**
 * What a store's folders hold.
 *
 * @param liveBytes records that can be read
 * @param deadBytes records that were dropped or never finished, until their extent goes
 * @param freeBytes that chunks may still take
 */
public record Usage(long liveBytes, long deadBytes, long freeBytes) {
  Usage plus(Usage other) {
    return new Usage(
        liveBytes + other.liveBytes, deadBytes + other.deadBytes, freeBytes + other.freeBytes);
  }
}
