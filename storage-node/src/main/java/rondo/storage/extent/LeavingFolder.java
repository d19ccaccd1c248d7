package rondo.storage.extent;

import rondo.ring.repair.TimeRemaining;

/**
 * How far a folder is that leaves its store.
 *
 * @param path of the folder's source
 * @param leftBytes of the records that it still has; -1 while it can't be opened
 * @param damagedChunks how many of them are damaged: they stay until other copies replace them
 * @param isEmpty whether it may be taken away
 * @param waiting whether the other folders have no room for what is left
 * @param secondsLeft at the pace of the last minute; -1 when that is unknown
 */
public record LeavingFolder(
    String path,
    long leftBytes,
    long damagedChunks,
    boolean isEmpty,
    boolean waiting,
    long secondsLeft) {
  static LeavingFolder unknown(String path) {
    return new LeavingFolder(path, -1, 0, false, false, TimeRemaining.UNKNOWN);
  }
}
