package rondo.metadata.engine.lsm;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.LostRangeSet;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.MergedSource;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.ring.value.Bytes;

/**
 * An immutable view of all layers of an engine at one moment, newest first: memtables and runs.
 * Reference-counted: it holds its checkpoints while it has a holder itself, at first its maker.
 * Thread-safe.
 */
final class LayerView {
  /** The memtable that takes the writes. */
  private final Memtable active;

  /** Full memtables that wait to be flushed, newest first. */
  private final List<Memtable> frozen;

  private final List<CheckpointRun> runs;
  private final LostRangeSet lostRanges;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Makes a view, whose caller holds all checkpoints of {@code runs} meanwhile. */
  LayerView(
      Memtable active, List<Memtable> frozen, List<CheckpointRun> runs, LostRangeSet lostRanges) {
    this.active = active;
    this.frozen = List.copyOf(frozen);
    this.runs = List.copyOf(runs);
    this.lostRanges = lostRanges;
    checkpoints().forEach(Checkpoint::hold);
  }

  Memtable active() {
    return active;
  }

  List<Memtable> frozen() {
    return frozen;
  }

  List<CheckpointRun> runs() {
    return runs;
  }

  LostRangeSet lostRanges() {
    return lostRanges;
  }

  List<Checkpoint> checkpoints() {
    return runs.stream().flatMap(run -> run.checkpoints().stream()).toList();
  }

  /** Returns the oldest segment of the log that is still needed. */
  long floor() {
    return (frozen.isEmpty() ? active : frozen.getLast()).firstSegment();
  }

  /** Returns this view without the memtable that takes the writes. */
  LayerView still() {
    var empty = new Memtable(active.firstSegment(), 0);
    return new LayerView(empty, frozen, runs, lostRanges);
  }

  LayerView rotated(Memtable next) {
    var older = new ArrayList<Memtable>();
    older.add(active);
    older.addAll(frozen);
    return new LayerView(next, older, runs, lostRanges);
  }

  /**
   * Returns the view after a flush: {@code run} has replaced the oldest frozen memtable; null when
   * that was empty.
   */
  LayerView flushed(@Nullable CheckpointRun run) {
    var newer = new ArrayList<CheckpointRun>();
    if (run != null) {
      newer.add(run);
    }
    newer.addAll(runs);
    return new LayerView(active, frozen.subList(0, frozen.size() - 1), newer, lostRanges);
  }

  /**
   * Returns the view after a merge: {@code next}, or nothing if null, has replaced {@code old} and
   * has the rows of {@code gone} too.
   */
  LayerView merged(CheckpointRun old, @Nullable CheckpointRun next, List<CheckpointRun> gone) {
    var changed = new ArrayList<>(runs);
    int at = changed.indexOf(old);
    if (next == null) {
      changed.remove(at);
    } else {
      changed.set(at, next);
    }
    changed.removeAll(gone);
    return new LayerView(active, frozen, changed, lostRanges);
  }

  /**
   * Returns the view after a salvage: {@code next} has the readable rows of {@code old}, and {@code
   * lost} are the others.
   */
  LayerView salvaged(Checkpoint old, List<Checkpoint> next, List<LostRange> lost) {
    var changed = new ArrayList<CheckpointRun>();
    for (CheckpointRun run : runs) {
      CheckpointRun without = run.with(old, next);
      if (without != null) {
        changed.add(without);
      }
    }
    return new LayerView(active, frozen, changed, lostRanges.plus(lost));
  }

  /** Returns the view in which this range is no longer lost. */
  LayerView markRepaired(Bytes from, @Nullable Bytes to) {
    return new LayerView(active, frozen, runs, lostRanges.without(from, to));
  }

  /** Counts one more holder; false when the last holder has gone: then there is a newer view. */
  boolean hold() {
    int now = holders.get();
    while (now > 0 && !holders.compareAndSet(now, now + 1)) {
      now = holders.get();
    }
    return now > 0;
  }

  void release() {
    if (holders.decrementAndGet() == 0) {
      checkpoints().forEach(Checkpoint::release);
    }
  }

  /**
   * Walks through the slots of all layers from {@code from} (inclusive) to {@code to} (exclusive;
   * null for the end). The caller holds this.
   */
  SlotSource source(Bytes from, @Nullable Bytes to) {
    var sources = new ArrayList<SlotSource>();
    sources.add(active.source(from, to));
    frozen.forEach(memtable -> sources.add(memtable.source(from, to)));
    runs.forEach(run -> sources.add(run.source(from, to)));
    return new MergedSource(sources);
  }

  /** Returns the newest slot of {@code key} in the memtables; null when there is none. */
  @Nullable Slot inMemory(Bytes key) {
    Slot slot = active.get(key);
    for (int i = 0; slot == null && i < frozen.size(); i++) {
      slot = frozen.get(i).get(key);
    }
    return slot;
  }

  /**
   * Returns the newest slot of {@code key} in the checkpoints; null when there is none. The caller
   * holds this.
   */
  @Nullable Slot onDisk(Bytes key) {
    Slot slot = null;
    for (int i = 0; slot == null && i < runs.size(); i++) {
      slot = runs.get(i).get(key);
    }
    return slot;
  }
}
