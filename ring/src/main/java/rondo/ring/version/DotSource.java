package rondo.ring.version;

import java.util.HashMap;
import java.util.Map;

/**
 * Names the writes that one node coordinates, so that each has seen the node's earlier writes to
 * the same key. The source remembers recent writes in memory only. At a start, and when it holds
 * too many keys, it begins a new life, which claims to have seen only what its coordinator reads.
 * Thread-safe.
 *
 * @param <K> the type that names keys
 */
public final class DotSource<K> {
  private static final int MOST_KEYS = 100_000;

  /**
   * Each life that writes a key adds an entry of 24 bytes; the limit keeps a vector below a
   * thousand.
   */
  private static final int MOST_ACTORS = 32;

  private final long node;
  private final int mostKeys;
  private final Map<K, DottedVersionVector> last = new HashMap<>();
  private long life;

  public DotSource(long node) {
    this(node, MOST_KEYS);
  }

  DotSource(long node, int mostKeys) {
    this.node = node;
    this.mostKeys = mostKeys;
  }

  /**
   * Names the next write to a key.
   *
   * @param seen the writes that the coordinator has read
   * @param time the time of the write's stamp, which this node gives to no other write
   */
  public synchronized DottedVersionVector next(K key, VersionVector seen, long time) {
    DottedVersionVector before = last.get(key);
    if (before != null && time < before.dot().counter()) {
      // It drew its time before the last one and is named after it: neither has seen the other.
      return new DottedVersionVector(new Dot(node, time, time), seen.newest(MOST_ACTORS));
    }
    if (life == 0 || (before == null && last.size() >= mostKeys)) {
      last.clear();
      life = time;
    }
    VersionVector causes = before == null ? seen : seen.join(before.seen());
    var mine = new DottedVersionVector(new Dot(node, life, time), causes.newest(MOST_ACTORS));
    last.put(key, mine);
    return mine;
  }
}
