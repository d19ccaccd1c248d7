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
 * The sizes of the shards that this node holds. A shard is counted again once it has seen so many
 * writes that its size may lead to another decision. Used by one thread.
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
   * @param writes the shard's writes before the count
   */
  record Size(ShardCount count, long writes) {}

  public ShardSizes(Engine engine, ShardWrites writes, Tasks tasks, Time time) {
    this.engine = engine;
    this.writes = writes;
    this.tasks = tasks;
    this.time = time;
  }

  /** Decides whether a count is still good enough. */
  @FunctionalInterface
  interface CountCheck {
    /**
     * @param since writes since the count: each of its numbers may be off by so much
     */
    boolean accepts(ShardCount count, long since);
  }

  /**
   * The shard's size at its last count. Counts again if that one isn't good enough.
   *
   * @return null when this node can't read the shard's rows, perhaps because of damage
   */
  @Nullable Size of(Bytes shard, @Nullable Bytes end, CountCheck check) {
    Size known = sizes.get(shard);
    if (known != null && check.accepts(known.count(), since(shard, known))) {
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

  /** The keys of the last writes, as if they were the whole shard. */
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
