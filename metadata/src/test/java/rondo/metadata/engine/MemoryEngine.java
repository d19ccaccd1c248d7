package rondo.metadata.engine;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * An engine without a disk, for tests: it keeps rows in memory only, and every write counts as
 * durable.
 */
public final class MemoryEngine implements Engine {
  private final Memtable rows = new Memtable(0, 0);
  private final ReentrantLock lock = new ReentrantLock();
  private final EngineCounters counters = new EngineCounters();
  private long last;

  @Override
  public @Nullable Entry get(Bytes key) {
    Slot slot = rows.get(key);
    return slot == null ? null : slot.entry(key);
  }

  @Override
  public long write(List<Change> changes) {
    lock.lock();
    try {
      last++;
      rows.put(changes, last, 0);
      counters.writes().increment();
      return last;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void awaitDurable(long sequence) {}

  @Override
  public Cursor cursor(Bytes from, @Nullable Bytes to) {
    return new LiveCursor(rows.source(from, to), LostRangeSet.NONE, from, to, () -> {});
  }

  @Override
  public EngineSnapshot snapshot() {
    var copy = new Memtable(0, 0);
    lock.lock();
    try {
      SlotSource source = rows.source(Bytes.EMPTY, null);
      for (Bytes key = source.key(); key != null; key = source.key()) {
        copy.put(List.of(new Change(key, source.slot().value())), source.slot().sequence(), 0);
        source.advance();
      }
    } finally {
      lock.unlock();
    }
    return new EngineSnapshot() {
      @Override
      public Cursor cursor(Bytes from, @Nullable Bytes to) {
        return new LiveCursor(copy.source(from, to), LostRangeSet.NONE, from, to, () -> {});
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public Verified verify(Pace pace) {
    return new Verified(0, List.of());
  }

  @Override
  public List<LostRange> lostRanges() {
    return List.of();
  }

  @Override
  public @Nullable Entry getIntact(Bytes key) {
    return get(key);
  }

  @Override
  public void markRepaired(Bytes from, @Nullable Bytes to) {}

  @Override
  public boolean isWhole() {
    return true;
  }

  @Override
  public EngineCounters counters() {
    return counters;
  }

  @Override
  public void close() {}
}
