package rondo.storage.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * Counts the writes to each shard on this node since its start, and remembers keys of recent writes
 * in busy shards. Thread-safe.
 */
public final class ShardWrites {
  /** How many shards are counted, some MiB. Other shards' rows are counted now and then instead. */
  private static final int MOST = 100_000;

  /**
   * One of so many writes to objects of a busy shard is remembered, and the last {@link #KEYS} of
   * these.
   */
  private static final int STRIDE = 16;

  private static final int KEYS = 128;

  /**
   * A shard is busy after so many writes. At most {@link #MOST_BUSY} busy shards are watched: some
   * 10 MiB.
   */
  private static final int BUSY = 4096;

  private static final int MOST_BUSY = 500;

  private final Map<Bytes, Seen> shards = new ConcurrentHashMap<>();
  private final AtomicInteger busy = new AtomicInteger();

  /** The count and the remembered keys of a shard. */
  private static final class Seen {
    final AtomicLong writes = new AtomicLong();
    volatile @Nullable AtomicReferenceArray<Bytes> keys;
  }

  /** Counts a write, if it is one to an object or a version. */
  void note(Key key) {
    if (key.table() != Tables.OBJECTS && key.table() != Tables.VERSIONS) {
      return;
    }
    Seen seen = shards.get(key.partition());
    if (seen == null && shards.size() < MOST) {
      seen = shards.computeIfAbsent(key.partition(), shard -> new Seen());
    }
    if (seen != null) {
      long writes = seen.writes.incrementAndGet();
      if (writes == BUSY && busy.incrementAndGet() <= MOST_BUSY) {
        seen.keys = new AtomicReferenceArray<>(KEYS);
      }
      var keys = seen.keys;
      if (keys != null && writes % STRIDE == 0 && key.table() == Tables.OBJECTS) {
        keys.set((int) (writes / STRIDE % KEYS), key.sort());
      }
    }
  }

  /** Returns how many writes a shard has seen; 0 for a shard that isn't counted. */
  public long of(Bytes shard) {
    Seen seen = shards.get(shard);
    return seen == null ? 0 : seen.writes.get();
  }

  /**
   * Returns some keys of objects that were written last, in their order; empty when the shard isn't
   * busy.
   */
  public List<Bytes> recent(Bytes shard) {
    Seen seen = shards.get(shard);
    var keys = seen == null ? null : seen.keys;
    var recent = new ArrayList<Bytes>();
    for (int i = 0; keys != null && i < KEYS; i++) {
      Bytes key = keys.get(i);
      if (key != null) {
        recent.add(key);
      }
    }
    recent.sort(null);
    return recent;
  }

  /** Forgets a shard that no longer exists. */
  public void forget(Bytes shard) {
    Seen seen = shards.remove(shard);
    if (seen != null && seen.keys != null) {
      busy.decrementAndGet();
    }
  }
}
