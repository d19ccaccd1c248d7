package rondo.ring.version;

import java.util.HashMap;
import java.util.Map;

/**
 * Names the writes that one node coordinates, so that each has seen those to the same key before
 * it. What was written lately is in memory only: after a start, or when there are too many keys, a
 * new life begins, which claims to have seen nothing but what it reads. Thread-safe.
 *
 * @param <K> names keys
 */
public final class DotSource<K> {
  private static final int MOST_KEYS = 100_000;

  /** A life adds an entry where it writes; a thousand bytes a row are enough. */
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
   * The next write to a key.
   *
   * @param seen what its coordinator has read
   * @param time of its stamp: the node's, and no other write's
   */
  public synchronized DottedVersionVector next(K key, VersionVector seen, long time) {
    DottedVersionVector before = last.get(key);
    if (before != null && time < before.dot().counter()) {
      // Drawn before that one and named after it: neither has seen the other.
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
