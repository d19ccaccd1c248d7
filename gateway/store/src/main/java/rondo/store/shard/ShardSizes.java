package rondo.store.shard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.node.ShardCount;
import rondo.storage.node.ShardCounter;
import rondo.storage.node.ShardWrites;

/**
 * How large the shards are that this node holds. One is counted again when it has seen so many
 * writes since that something else may follow from its size. Used by one thread.
 */
public final class ShardSizes {
  private static final long PAUSE_NANOS = 1_000_000L;
  private static final int MOST = 100_000;

  private final Engine engine;
  private final ShardWrites writes;
  private final Tasks tasks;
  private final Time time;
  private final Map<Bytes, Size> sizes = new ConcurrentHashMap<>();

  /**
   * A count.
   *
   * @param writes that the shard had seen before
   */
  record Size(ShardCount count, long writes) {}

  public ShardSizes(Engine engine, ShardWrites writes, Tasks tasks, Time time) {
    this.engine = engine;
    this.writes = writes;
    this.tasks = tasks;
    this.time = time;
  }

  /** Whether a count is good enough still. */
  @FunctionalInterface
  interface Sufficing {
    /**
     * @param since writes that came behind it: so much may be wrong with each of its numbers
     */
    boolean is(ShardCount count, long since);
  }

  /**
   * The shard's size, as it was once; null when its rows can't be read here: damage took some,
   * perhaps.
   */
  @Nullable Size of(Bytes shard, @Nullable Bytes end, Sufficing sufficing) {
    Size known = sizes.get(shard);
    if (known != null && sufficing.is(known.count(), since(shard, known))) {
      return known;
    }
    if (sizes.size() >= MOST) {
      sizes.clear();
    }
    long before = writes.of(shard);
    try {
      var size = new Size(new ShardCounter(engine, shard, end, this::pause).count(), before);
      sizes.put(shard, size);
      return size;
    } catch (EngineException _) {
      return null;
    }
  }

  /** Where the last writes went: as if that were the shard. */
  ShardCount recent(Bytes shard) {
    return new ShardCount(0, 0, writes.recent(shard));
  }

  /** Writes since the node was started. */
  long writes(Bytes shard) {
    return writes.of(shard);
  }

  /** Writes since the shard was counted. */
  long since(Bytes shard, Size size) {
    return writes.of(shard) - size.writes();
  }

  void forget(Bytes shard) {
    sizes.remove(shard);
    writes.forget(shard);
  }

  private void pause() {
    tasks.<Object>mailbox().take(time.nanos() + PAUSE_NANOS);
  }
}
