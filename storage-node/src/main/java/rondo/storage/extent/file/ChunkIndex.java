package rondo.storage.extent.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.storage.chunk.ChunkId;

/**
 * Where every chunk of a store is, in the order of their names, in about 34 bytes of memory a
 * chunk: {@link IndexLeaf leaves} of packed rows. Thread-safe.
 *
 * <p>A chunk that is being moved to another place stays readable; who would replace or remove it
 * waits until it has moved, so that one record of it is the right one at any time.
 */
public final class ChunkIndex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  /** In order; the first has room for every name before the second. */
  private final List<IndexLeaf> leaves = new ArrayList<>(List.of(new IndexLeaf()));

  private final Map<Integer, Extent> extents = new HashMap<>();
  private int lastExtent;
  private long size;

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /** A name for an extent, by which rows know it. */
  int register(Extent extent) {
    return locked(() -> {
      extents.put(++lastExtent, extent);
      return lastExtent;
    });
  }

  /** Nothing is in the extent any more. */
  void forget(Extent extent) {
    locked(() -> extents.remove(extent.ordinal()));
  }

  public long size() {
    return locked(() -> size);
  }

  /** Bytes of memory that the rows take. */
  long memoryBytes() {
    return locked(() -> leaves.stream().mapToLong(IndexLeaf::memoryBytes).sum());
  }

  @Nullable
  public ChunkPlace get(ChunkId id) {
    byte[] name = id.bytes().array();
    return locked(() -> leaf(name).place(name, extents));
  }

  /** Puts a chunk's place; the previous one, or null. */
  @Nullable ChunkPlace put(ChunkId id, ChunkPlace place) {
    byte[] name = id.bytes().array();
    return locked(() -> {
      var previous = settled(name);
      int at = leafIndex(name);
      leaves.get(at).put(name, place);
      split(at);
      size += previous == null ? 1 : 0;
      return previous;
    });
  }

  private void split(int at) {
    var right = leaves.get(at).split();
    if (right != null) {
      leaves.add(at + 1, right);
    }
  }

  @Nullable
  public ChunkPlace remove(ChunkId id) {
    byte[] name = id.bytes().array();
    return locked(() -> {
      var previous = settled(name);
      if (previous != null) {
        int at = leafIndex(name);
        leaves.get(at).remove(name);
        if (leaves.get(at).isEmpty() && leaves.size() > 1) {
          leaves.remove(at);
        }
        size--;
      }
      return previous;
    });
  }

  /** Waits for the end of a move; the lock is held. */
  private @Nullable ChunkPlace settled(byte[] name) {
    while (leaf(name).isMoving(name)) {
      moved.awaitUninterruptibly();
    }
    return leaf(name).place(name, extents);
  }

  /** False when the chunk isn't whole at this place: it is not to be moved. */
  public boolean beginMove(ChunkId id, ChunkPlace from) {
    byte[] name = id.bytes().array();
    return locked(() -> {
      var now = leaf(name).place(name, extents);
      boolean here = now != null && now.isAt(from) && !now.quarantined();
      if (here && !leaf(name).isMoving(name)) {
        leaf(name).setMoving(name);
        return true;
      }
      return false;
    });
  }

  /** Ends a move that {@link #beginMove} allowed: the chunk is at {@code place}, old or new. */
  public void endMove(ChunkId id, ChunkPlace place) {
    byte[] name = id.bytes().array();
    locked(() -> {
      leaf(name).put(name, place);
      moved.signalAll();
      return null;
    });
  }

  /** Notes that the chunk at this place is damaged; false when that is known, or it isn't there. */
  boolean quarantine(ChunkId id, ChunkPlace at) {
    byte[] name = id.bytes().array();
    return locked(() -> {
      var now = settled(name);
      if (now == null || !now.isAt(at) || now.quarantined()) {
        return false;
      }
      leaf(name).put(name, now.quarantined(true));
      return true;
    });
  }

  /**
   * Up to {@code limit} names in order after {@code after} (null: from the first).
   *
   * @param wanted whose extents are asked for; also for damaged chunks when {@code all}
   */
  public List<ChunkId> names(
      @Nullable ChunkId after, int limit, boolean all, Predicate<Extent> wanted) {
    var names = new ArrayList<ChunkId>();
    byte[] from = after == null ? null : after.bytes().array();
    while (names.size() < limit) {
      byte[] start = from;
      from = locked(() -> page(start, limit, all, wanted, names));
      if (from == null) {
        break;
      }
    }
    return names;
  }

  /** Adds the names of one leaf, so that nobody waits long; where to go on, null at the end. */
  private byte @Nullable [] page(
      byte @Nullable [] after,
      int limit,
      boolean all,
      Predicate<Extent> wanted,
      List<ChunkId> into) {
    int at = after == null ? 0 : leafIndex(after);
    byte[] last = null;
    for (; at < leaves.size() && last == null; at++) {
      last = leaves.get(at).names(after, limit, into, row -> wants(row, all, wanted));
    }
    return last;
  }

  private boolean wants(IndexLeaf.Row row, boolean all, Predicate<Extent> wanted) {
    var extent = extents.get(row.extent());
    return (all || !row.quarantined()) && extent != null && wanted.test(extent);
  }

  private IndexLeaf leaf(byte[] name) {
    return leaves.get(leafIndex(name));
  }

  /** The last leaf that begins at or before the name, or the first. */
  private int leafIndex(byte[] name) {
    int low = 1;
    int high = leaves.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (leaves.get(middle).beginsAfter(name)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low - 1;
  }
}
