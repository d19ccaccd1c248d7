package rondo.storage.node;

import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.table.RowKey;
import rondo.metadata.table.Tables;
import rondo.ring.placement.Ring;
import rondo.ring.repair.RowSums;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/**
 * The hash sums of a node's rows, in memory, which anti-entropy compares. After a start a count
 * reads all rows once, page by page, while the node serves requests. A write to a row that is
 * already counted changes the sums at once; the other rows are still to be read. Thread-safe.
 */
final class LiveSums {
  /** Rows in a page: writers wait about a millisecond while it is read. */
  private static final int PAGE_ROWS = 300;

  private final Engine engine;
  private final Supplier<Ring> ring;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private @Nullable RowSums sums;
  private @Nullable Bytes counted;
  private volatile boolean complete;

  /** A changed row, with its stamps before and after. */
  record Changed(Bytes row, Stamp before, Stamp after) {}

  LiveSums(Engine engine, Supplier<Ring> ring) {
    this.engine = engine;
    this.ring = ring;
  }

  /** Returns the sums; null until all rows have been counted. */
  @Nullable RowSums complete() {
    return complete ? sums : null;
  }

  /**
   * Writes to the engine, and applies the changes of stamps to the sums. The caller keeps other
   * writers from these rows.
   */
  long write(List<Engine.Change> changes, List<Changed> changed) {
    lock.readLock().lock();
    try {
      long sequence = engine.write(changes);
      RowSums known = sums;
      if (known != null) {
        changed.stream().filter(this::isCounted).forEach(row -> count(known, row));
      }
      return sequence;
    } finally {
      lock.readLock().unlock();
    }
  }

  private boolean isCounted(Changed row) {
    return complete || (counted != null && row.row().compareTo(counted) <= 0);
  }

  private void count(RowSums into, Changed row) {
    Key key = RowKey.decode(row.row());
    if (Tables.isShared(key.table()) && !row.before().equals(row.after())) {
      into.change(ring.get().partitionOf(key.partition()), key, row.before(), row.after());
    }
  }

  /** Begins the count again, since rows have been lost. */
  void restart() {
    lock.writeLock().lock();
    try {
      complete = false;
      counted = null;
      sums = null;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /**
   * Counts the next page of rows. Needs a ring. If a row can't be read, the next call goes on at
   * that row.
   */
  SumProgress countMore() {
    if (complete) {
      return SumProgress.DONE;
    }
    Ring known = ring.get();
    lock.writeLock().lock();
    try {
      RowSums into = sums == null ? new RowSums(known.most()) : sums;
      sums = into;
      complete = readPage(into);
      return complete ? SumProgress.DONE : SumProgress.MORE;
    } catch (EngineException _) {
      return SumProgress.LATER;
    } finally {
      lock.writeLock().unlock();
    }
  }

  private boolean readPage(RowSums into) {
    Bytes from = counted == null ? Bytes.EMPTY : Bytes.concat(counted, Bytes.wrap(new byte[1]));
    try (Cursor cursor = engine.cursor(from, null)) {
      for (int i = 0; i < PAGE_ROWS; i++) {
        Engine.Entry entry = cursor.next();
        if (entry == null) {
          return true;
        }
        Stamp stamp = RowRegisters.decode(entry).current().stamp();
        count(into, new Changed(entry.key(), Stamp.ZERO, stamp));
        counted = entry.key();
      }
      return false;
    }
  }
}
