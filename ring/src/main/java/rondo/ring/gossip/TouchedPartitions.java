package rondo.ring.gossip;

import java.util.BitSet;
import java.util.TreeMap;
import rondo.ring.layout.Layout;

/**
 * Which partitions the last epochs have touched. Of the others, what was begun under an older epoch
 * is as good as if it were begun now. Thread-safe.
 */
final class TouchedPartitions {
  /** An upload of one chunk lives through fewer changes; older ones count as touched. */
  private static final int MOST = 64;

  private final TreeMap<Long, BitSet> byEpoch = new TreeMap<>();

  synchronized void note(Layout layout) {
    var touched = new BitSet();
    for (int p = 0; p < layout.partitions(); p++) {
      touched.set(p, layout.move().touches(p));
    }
    byEpoch.put(layout.epoch(), touched);
    while (byEpoch.size() > MOST) {
      byEpoch.pollFirstEntry();
    }
  }

  /**
   * Whether another rule may decide about a partition in epoch {@code now} than in {@code then}.
   */
  synchronized boolean between(long then, long now, int partition) {
    for (long epoch = then + 1; epoch <= now; epoch++) {
      BitSet touched = byEpoch.get(epoch);
      if (touched == null || touched.get(partition)) {
        return true;
      }
    }
    return false;
  }
}
