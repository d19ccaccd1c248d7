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
 * The places of all chunks of a store, in the order of their names. It takes about 34 bytes of
 * memory a chunk: {@link IndexLeaf leaves} of packed rows. Thread-safe.
 *
 * <p>A chunk that compaction is moving stays readable. A thread that replaces or removes it waits
 * until it has moved, so that at any time one of its records is the current one.
 */
public final class ChunkIndex {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();

  /** In the order of their names; the first leaf takes all names before the second's. */
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

  /** Registers an extent, and returns the number by which rows name it. */
  int register(Extent extent) {
    return locked(() -> {
      extents.put(++lastExtent, extent);
      return lastExtent;
    });
  }

  /** Forgets an extent that has no chunks any more. */
  void forget(Extent extent) {
    locked(() -> extents.remove(extent.ordinal()));
  }

  /** Returns how many chunks there are, damaged ones included. */
  public long size() {
    return locked(() -> size);
  }

  /** Returns how many bytes of memory the rows take. */
  long memoryBytes() {
    return locked(() -> leaves.stream().mapToLong(IndexLeaf::memoryBytes).sum());
  }

  /** Returns a chunk's place; null when the store doesn't have it. */
  @Nullable
  public ChunkPlace get(ChunkId id) {
    byte[] name = id.bytes().array();
    return locked(() -> leaf(name).place(name, extents));
  }

  /**
   * Returns a chunk's place, in an extent that is retained for the caller; null when the store
   * doesn't have the chunk.
   */
  @Nullable
  public ChunkPlace retained(ChunkId id) {
    var place = get(id);
    while (place != null && !place.extent().retain()) {
      // The chunk has moved since.
      place = get(id);
    }
    return place;
  }

  /**
   * Sets a chunk's place, and returns the previous one; null when there was none. Waits for the end
   * of a move.
   */
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

  /**
   * Removes a chunk, and returns its place; null when the store doesn't have it. Waits for the end
   * of a move.
   */
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

  /** Waits until the chunk isn't being moved, and returns its place; the lock is held. */
  private @Nullable ChunkPlace settled(byte[] name) {
    while (leaf(name).isMoving(name)) {
      moved.awaitUninterruptibly();
    }
    return leaf(name).place(name, extents);
  }

  /**
   * Begins the move of a chunk; false when it isn't at this place or is damaged, so that it must
   * not be moved.
   */
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

  /**
   * Ends a move that {@link #beginMove} allowed: the chunk is at {@code place}, the old one or the
   * new one.
   */
  public void endMove(ChunkId id, ChunkPlace place) {
    byte[] name = id.bytes().array();
    locked(() -> {
      leaf(name).put(name, place);
      moved.signalAll();
      return null;
    });
  }

  /**
   * Quarantines the chunk at this place; false when it is in quarantine already or isn't at this
   * place.
   */
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
   * Returns up to {@code limit} names in order, after {@code after}; null for the first ones.
   *
   * @param all whether damaged chunks are wanted too
   * @param wanted chooses the extents whose chunks are wanted
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

  /**
   * Adds the names of one leaf, so that the lock is held for a short time only; returns where to go
   * on, null at the end.
   */
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

  /** Returns the last leaf that begins at the name or before it; the first leaf if none does. */
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
