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
 * All that an engine holds at one moment, newest first. It never changes, and holds its checkpoints
 * as long as somebody holds it: at first the one who made it. Thread-safe.
 */
final class LayerView {
  /** Takes the writes. */
  private final Memtable active;

  /** On their way to checkpoints. */
  private final List<Memtable> frozen;

  private final List<CheckpointRun> runs;
  private final LostRangeSet lostRanges;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** Whoever makes it holds all checkpoints of {@code runs} meanwhile. */
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

  /** The oldest segment of the log that is still needed. */
  long floor() {
    return (frozen.isEmpty() ? active : frozen.getLast()).firstSegment();
  }

  LayerView rotated(Memtable next) {
    var older = new ArrayList<Memtable>();
    older.add(active);
    older.addAll(frozen);
    return new LayerView(next, older, runs, lostRanges);
  }

  /** The oldest frozen memtable is a run now; null when it held nothing. */
  LayerView flushed(@Nullable CheckpointRun run) {
    var newer = new ArrayList<CheckpointRun>();
    if (run != null) {
      newer.add(run);
    }
    newer.addAll(runs);
    return new LayerView(active, frozen.subList(0, frozen.size() - 1), newer, lostRanges);
  }

  /** {@code old} is {@code next} now, null for nothing, and {@code gone} are in it too. */
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

  /** What could be read of {@code old} is in {@code next} now, and the rest is lost. */
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

  /** What was lost between these keys is here again. */
  LayerView mended(Bytes from, @Nullable Bytes to) {
    return new LayerView(active, frozen, runs, lostRanges.without(from, to));
  }

  /** Holds this, unless the last holder has gone: then there is a newer view. */
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

  /** A walk through everything; the caller holds this. */
  SlotSource source(Bytes from, @Nullable Bytes to) {
    var sources = new ArrayList<SlotSource>();
    sources.add(active.source(from, to));
    frozen.forEach(memtable -> sources.add(memtable.source(from, to)));
    runs.forEach(run -> sources.add(run.source(from, to)));
    return new MergedSource(sources);
  }

  /** What memory knows of {@code key}; null when that is nothing. */
  @Nullable Slot inMemory(Bytes key) {
    Slot slot = active.get(key);
    for (int i = 0; slot == null && i < frozen.size(); i++) {
      slot = frozen.get(i).get(key);
    }
    return slot;
  }

  /** What the disk knows of {@code key}; the caller holds this. */
  @Nullable Slot onDisk(Bytes key) {
    Slot slot = null;
    for (int i = 0; slot == null && i < runs.size(); i++) {
      slot = runs.get(i).get(key);
    }
    return slot;
  }
}
