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
 * How many writes each shard on this node has seen since the node was started, and where the last
 * ones went in shards that see many. Thread-safe.
 */
public final class ShardWrites {
  /** Some MiB; of others nothing is known, so that they are counted now and then. */
  private static final int MOST = 100_000;

  /** Every so many writes of a busy shard's objects one is remembered, the last {@link #KEYS}. */
  private static final int STRIDE = 16;

  private static final int KEYS = 128;

  /** After so many writes a shard is busy; so many are watched at most: some 10 MiB. */
  private static final int BUSY = 4096;

  private static final int MOST_BUSY = 500;

  private final Map<Bytes, Seen> shards = new ConcurrentHashMap<>();
  private final AtomicInteger busy = new AtomicInteger();

  /** What is known of a shard. */
  private static final class Seen {
    final AtomicLong writes = new AtomicLong();
    volatile @Nullable AtomicReferenceArray<Bytes> keys;
  }

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

  public long of(Bytes shard) {
    Seen seen = shards.get(shard);
    return seen == null ? 0 : seen.writes.get();
  }

  /** Some of the keys of objects that were written last, in their order; empty when it sees few. */
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

  /** Forgets a shard that isn't one any more. */
  public void forget(Bytes shard) {
    Seen seen = shards.remove(shard);
    if (seen != null && seen.keys != null) {
      busy.decrementAndGet();
    }
  }
}
