package rondo.storage.node;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import rondo.metadata.table.Tables;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/** How many writes each shard on this node has seen since the node was started. Thread-safe. */
public final class ShardWrites {
  /** Some MiB; of others nothing is known, so that they are counted now and then. */
  private static final int MOST = 100_000;

  private final Map<Bytes, LongAdder> writes = new ConcurrentHashMap<>();

  void note(Key key) {
    if (key.table() != Tables.OBJECTS && key.table() != Tables.VERSIONS) {
      return;
    }
    LongAdder count = writes.get(key.partition());
    if (count == null && writes.size() < MOST) {
      count = writes.computeIfAbsent(key.partition(), shard -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  public long of(Bytes shard) {
    LongAdder count = writes.get(shard);
    return count == null ? 0 : count.sum();
  }
}
