package rondo.storage.node;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.hint.Hint;
import rondo.ring.hint.HintStore;
import rondo.ring.register.RegisterState;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Keeps hints as rows of the engine, in a table that never leaves the node. Thread-safe.
 *
 * <pre>
 *   partition key = target:8
 *   sort key      = at:8 row                the hinted row's key in the engine
 *   value         = as the row's own, without unfinished conditional writes
 * </pre>
 */
public final class EngineHints implements HintStore {
  private static final Bytes FIRST = RowKey.encode(Tables.HINTS, Bytes.EMPTY, Bytes.EMPTY);
  private static final Bytes END = RowKey.encode(Tables.HINTS + 1, Bytes.EMPTY, Bytes.EMPTY);

  private final Engine engine;
  private final long mostBytes;
  private final Map<NodeId, Long> counts = new ConcurrentSkipListMap<>();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();

  /**
   * By target: a lower bound of its first hint's key, so that a cursor doesn't walk over the
   * tombstones of hints that were delivered.
   */
  private final Map<NodeId, Bytes> starts = new TreeMap<>();

  /**
   * Loads the hints of the engine.
   *
   * @param mostBytes bound on the bytes of all hints together
   */
  public EngineHints(Engine engine, long mostBytes) {
    this.engine = engine;
    this.mostBytes = mostBytes;
    forgetLost();
    load();
  }

  /**
   * Gives up hints that damage has taken; no other node has them. Anti-entropy finds the rows that
   * they would have brought.
   */
  void forgetLost() {
    if (engine.lostRanges().stream().anyMatch(range -> range.meets(FIRST, END))) {
      engine.markRepaired(FIRST, END);
      lost.incrementAndGet();
    }
  }

  /**
   * Returns how often damage took hints since the start; each time counts all hints of a range as
   * one.
   */
  public long lost() {
    return lost.get();
  }

  /** Counts all hints again. */
  void recount() {
    counts.clear();
    bytes.set(0);
    synchronized (starts) {
      starts.clear();
    }
    load();
  }

  private void load() {
    try (Cursor cursor = engine.cursor(FIRST, END)) {
      for (Engine.Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        counts.merge(target(RowKey.decode(entry.key()).partition()), 1L, Long::sum);
        bytes.addAndGet(entry.key().length() + entry.value().length());
      }
    } catch (EngineException _) {
      // Hints behind unreadable keys wait until these can be read.
    }
  }

  @Override
  public boolean add(NodeId target, List<Hint> hints) {
    List<Engine.Change> changes = hints.stream().map(hint -> change(target, hint)).toList();
    try {
      // A hint that exists already counts once.
      List<Engine.Change> fresh =
          changes.stream().filter(change -> engine.get(change.key()) == null).toList();
      long more = fresh.stream().mapToLong(EngineHints::size).sum();
      if (bytes.get() + more > mostBytes) {
        return false;
      }
      engine.awaitDurable(engine.write(changes));
      bytes.addAndGet(more);
      counts.merge(target, (long) fresh.size(), Long::sum);
    } catch (EngineException e) {
      return false;
    }
    synchronized (starts) {
      changes.forEach(
          change -> starts.computeIfPresent(target, (_, at) -> least(at, change.key())));
    }
    return true;
  }

  private static Bytes least(Bytes one, Bytes other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Engine.Change change(NodeId target, Hint hint) {
    var state = new RegisterState(hint.state(), List.of());
    return new Engine.Change(row(target, hint), state.encode());
  }

  private static long size(Engine.Change change) {
    return (long) change.key().length() + (change.value() == null ? 0 : change.value().length());
  }

  private static Bytes row(NodeId target, Hint hint) {
    Bytes row = RowKey.encode(hint.key());
    byte[] sort =
        ByteBuffer.allocate(Long.BYTES + row.length()).putLong(hint.at()).put(row.array()).array();
    return RowKey.encode(Tables.HINTS, partition(target), Bytes.wrap(sort));
  }

  private static Bytes partition(NodeId target) {
    return Bytes.wrap(ByteBuffer.allocate(Long.BYTES).putLong(target.value()).array());
  }

  private static NodeId target(Bytes partition) {
    return new NodeId(ByteBuffer.wrap(partition.array()).getLong());
  }

  @Override
  public List<NodeId> targets() {
    return counts.entrySet().stream().filter(e -> e.getValue() > 0).map(Map.Entry::getKey).toList();
  }

  @Override
  public List<Hint> oldest(NodeId target, int limit) {
    Bytes prefix = RowKey.encode(Tables.HINTS, partition(target), Bytes.EMPTY);
    var hints = new ArrayList<Hint>();
    // A hint that is added meanwhile is either seen here, or moves the start back afterwards.
    synchronized (starts) {
      Bytes from = starts.getOrDefault(target, prefix);
      try (Cursor cursor = engine.cursor(from, RowKey.after(prefix))) {
        Engine.Entry entry = cursor.next();
        if (entry != null) {
          starts.put(target, entry.key());
        }
        while (entry != null && hints.size() < limit) {
          hints.add(hint(entry));
          entry = cursor.next();
        }
      } catch (EngineException _) {
        // Hints behind unreadable keys wait until these can be read.
      }
    }
    return hints;
  }

  private static Hint hint(Engine.Entry entry) {
    Bytes sort = RowKey.decode(entry.key()).sort();
    long at = ByteBuffer.wrap(sort.array()).getLong();
    var key = RowKey.decode(sort.slice(Long.BYTES, sort.length()));
    return new Hint(at, key, RowRegisters.decode(entry).current());
  }

  /**
   * Removes hints without waiting for the disk: hints that come back after a crash are delivered
   * once more.
   */
  @Override
  public void remove(NodeId target, List<Hint> hints) {
    var changes = new ArrayList<Engine.Change>();
    long less = 0;
    for (Hint hint : hints) {
      less += size(change(target, hint));
      changes.add(new Engine.Change(row(target, hint), null));
    }
    try {
      engine.write(changes);
    } catch (EngineException e) {
      return;
    }
    bytes.addAndGet(-less);
    counts.merge(target, (long) -changes.size(), Long::sum);
  }

  @Override
  public long count() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
