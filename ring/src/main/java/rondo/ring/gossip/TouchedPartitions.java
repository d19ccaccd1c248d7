package rondo.ring.gossip;

import java.util.BitSet;
import java.util.TreeMap;
import rondo.ring.layout.Layout;

/**
 * The partitions that the last epochs have touched. For all others, a write that began under an
 * older epoch is as good as one that begins now. Thread-safe.
 */
final class TouchedPartitions {
  /**
   * The epochs that are remembered: an upload of one chunk lives through fewer. In older epochs,
   * every partition counts as touched.
   */
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
   * Whether a partition may have other owners or quorums in epoch {@code now} than in {@code then}.
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
