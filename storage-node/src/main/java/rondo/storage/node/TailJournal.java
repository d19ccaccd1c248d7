package rondo.storage.node;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.shard.ShardFence;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/** Journals which rows of a tail have changed: each once, at its newest change. Thread-safe. */
final class TailJournal {
  /** The bound on keys: some tens of MiB with the longest ones. A mover reads them much sooner. */
  private static final int MOST = 100_000;

  private final Bytes attempt;
  private final ShardFence fence;
  private final TreeMap<Long, Key> keys = new TreeMap<>();
  private final Map<Key, Long> places = new HashMap<>();
  private long last;
  private boolean overflown;

  /**
   * @param attempt of the move
   * @param fence has the first key of the tail
   */
  TailJournal(Bytes attempt, ShardFence fence) {
    this.attempt = attempt;
    this.fence = fence;
  }

  Bytes attempt() {
    return attempt;
  }

  synchronized void note(Key key) {
    if (overflown || !fence.isInTail(key.sort())) {
      return;
    }
    Long before = places.put(key, ++last);
    if (before != null) {
      keys.remove(before);
    }
    keys.put(last, key);
    if (keys.size() > MOST) {
      overflown = true;
      keys.clear();
      places.clear();
    }
  }

  /** A page of changes by their places in the journal. */
  record Page(List<Map.Entry<Long, Key>> changes, boolean more) {}

  /**
   * Returns the changes behind a place, and forgets those up to it.
   *
   * @return null when the journal had to leave out changes, so that it is useless
   */
  synchronized @Nullable Page after(long place, int limit) {
    while (!keys.isEmpty() && keys.firstKey() <= place) {
      places.remove(keys.pollFirstEntry().getValue());
    }
    return overflown
        ? null
        : new Page(
            keys.entrySet().stream().limit(limit).map(Map.Entry::copyOf).toList(),
            keys.size() > limit);
  }
}
