package rondo.metadata.engine;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The newest writes in memory. The log holds them too, from segment {@link #firstSegment} on. Any
 * number of readers, one writer at a time.
 */
public final class Memtable {
  private final long firstSegment;
  private final long firstSequence;
  private final ConcurrentSkipListMap<Bytes, Slot> slots = new ConcurrentSkipListMap<>();
  private volatile long logBytes;

  public Memtable(long firstSegment, long firstSequence) {
    this.firstSegment = firstSegment;
    this.firstSequence = firstSequence;
  }

  /** Returns the segment of the log with the first of these writes. */
  public long firstSegment() {
    return firstSegment;
  }

  /**
   * Returns a sequence number; once it is durable, so are all writes in the memtables before this
   * one.
   */
  public long firstSequence() {
    return firstSequence;
  }

  /**
   * Returns how many bytes of log went into this memtable, overwritten rows too, since a replay
   * reads them too.
   */
  public long logBytes() {
    return logBytes;
  }

  /** Returns the number of rows, counted one by one. */
  long rows() {
    return slots.size();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate")
  public // one writer at a time
  void put(List<Engine.Change> changes, long sequence, int recordBytes) {
    for (Engine.Change change : changes) {
      slots.put(change.key(), new Slot(change.value(), sequence));
    }
    logBytes += recordBytes;
  }

  /** Returns the slot of {@code key}; null when no write to it is here. */
  @Nullable
  public Slot get(Bytes key) {
    return slots.get(key);
  }

  /**
   * Walks through the slots from {@code from} (inclusive) to {@code to} (exclusive; null for the
   * end).
   */
  public SlotSource source(Bytes from, @Nullable Bytes to) {
    return new Walk(slots, from, to);
  }

  private static final class Walk implements SlotSource {
    private final ConcurrentSkipListMap<Bytes, Slot> slots;
    private final @Nullable Bytes to;
    private Iterator<Map.Entry<Bytes, Slot>> rest;
    private Map.@Nullable Entry<Bytes, Slot> current;

    Walk(ConcurrentSkipListMap<Bytes, Slot> slots, Bytes from, @Nullable Bytes to) {
      this.slots = slots;
      this.to = to;
      this.rest = slots.tailMap(from, true).entrySet().iterator();
      advance();
    }

    @Override
    public @Nullable Bytes key() {
      return current == null ? null : current.getKey();
    }

    @Override
    public Slot slot() {
      if (current == null) {
        throw new IllegalStateException("past the end");
      }
      return current.getValue();
    }

    @Override
    public void advance() {
      current = rest.hasNext() ? rest.next() : null;
      if (current != null && to != null && current.getKey().compareTo(to) >= 0) {
        current = null;
      }
    }

    @Override
    public void seek(Bytes key) {
      if (current != null && current.getKey().compareTo(key) < 0) {
        rest = slots.tailMap(key, true).entrySet().iterator();
        advance();
      }
    }
  }
}
