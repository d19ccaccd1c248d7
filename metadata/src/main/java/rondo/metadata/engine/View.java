package rondo.metadata.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * All that an engine holds at one moment, newest first.
 *
 * @param active takes the writes
 * @param frozen on their way to checkpoints
 */
record View(Memtable active, List<Memtable> frozen, List<Checkpoint> checkpoints) {
  View {
    frozen = List.copyOf(frozen);
    checkpoints = List.copyOf(checkpoints);
  }

  /** The oldest segment of the log that is still needed. */
  long floor() {
    return (frozen.isEmpty() ? active : frozen.getLast()).firstSegment();
  }

  View rotated(Memtable next) {
    var older = new ArrayList<Memtable>();
    older.add(active);
    older.addAll(frozen);
    return new View(next, older, checkpoints);
  }

  /** The oldest frozen memtable is a checkpoint now; null when it held nothing. */
  View flushed(@Nullable Checkpoint checkpoint) {
    var newer = new ArrayList<Checkpoint>();
    if (checkpoint != null) {
      newer.add(checkpoint);
    }
    newer.addAll(checkpoints);
    return new View(active, frozen.subList(0, frozen.size() - 1), newer);
  }

  /** {@code run} is one checkpoint now, in its place; null when nothing was left of it. */
  View merged(List<Checkpoint> run, @Nullable Checkpoint merged) {
    var next = new ArrayList<>(checkpoints);
    int at = next.indexOf(run.getFirst());
    next.removeAll(run);
    if (merged != null) {
      next.add(at, merged);
    }
    return new View(active, frozen, next);
  }

  /** Holds all checkpoints, or none when one of them has gone: then there is a newer view. */
  boolean hold() {
    for (int i = 0; i < checkpoints.size(); i++) {
      if (!checkpoints.get(i).hold()) {
        checkpoints.subList(0, i).forEach(Checkpoint::release);
        return false;
      }
    }
    return true;
  }

  void release() {
    checkpoints.forEach(Checkpoint::release);
  }

  /** A walk through everything; the caller holds this. */
  Source source(Bytes from, @Nullable Bytes to) {
    var sources = new ArrayList<Source>();
    Function<Memtable, Source> walk = memtable -> memtable.source(from, to);
    sources.add(walk.apply(active));
    frozen.forEach(memtable -> sources.add(walk.apply(memtable)));
    checkpoints.forEach(checkpoint -> sources.add(checkpoint.source(from, to)));
    return new Merge(sources);
  }

  /** What memory knows of {@code key}; null when that is nothing. */
  @Nullable Slot inMemory(Bytes key) {
    Slot slot = active.get(key);
    for (int i = 0; slot == null && i < frozen.size(); i++) {
      slot = frozen.get(i).get(key);
    }
    return slot;
  }
}
