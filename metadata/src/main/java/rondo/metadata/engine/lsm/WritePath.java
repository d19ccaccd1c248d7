package rondo.metadata.engine.lsm;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.FreeSpace;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.log.Committer;
import rondo.metadata.engine.log.LogFormat;
import rondo.metadata.engine.log.LogWriter;
import rondo.ring.value.Bytes;

/**
 * The way of a write into an engine: gives it its sequence number, queues it for the log and puts
 * it into the active memtable. Freezes a full memtable, and begins a new one with a new segment of
 * the log. Thread-safe.
 */
final class WritePath {
  private static final Bytes NOTHING = LogFormat.record(List.of());

  /** How much a memtable may outgrow its size while the disk can't take it. */
  private static final long SPARE_BYTES = 8L << 20;

  private final EngineOptions options;
  private final FreeSpace space;
  private final Layers layers;
  private final Committer committer;
  private final EngineCounters counters;
  private final Backpressure backpressure;
  private final ReentrantLock writing;
  private long segment;
  private long lastSequence;

  /**
   * @param segment the first one that this run of the engine writes
   * @param lastSequence of the writes before this run
   */
  WritePath(
      EngineOptions options,
      FreeSpace space,
      Layers layers,
      Committer committer,
      EngineCounters counters,
      long segment,
      long lastSequence) {
    this.options = options;
    this.space = space;
    this.layers = layers;
    this.committer = committer;
    this.counters = counters;
    this.backpressure = new Backpressure(layers, options, counters);
    this.writing = layers.lock();
    this.segment = segment;
    this.lastSequence = lastSequence;
  }

  /** Makes this run's first segment durable, so that no segment is missing before a later one. */
  void begin() {
    long first;
    writing.lock();
    try {
      lastSequence++;
      first = lastSequence;
      committer.add(new LogWriter.Pending(segment, first, NOTHING));
    } finally {
      writing.unlock();
    }
    committer.awaitDurable(first);
  }

  /**
   * Makes {@code changes} visible and returns their sequence number.
   *
   * @throws EngineException when the disk failed or is full: nothing was written
   */
  long write(List<Engine.Change> changes) {
    Bytes record = changes.isEmpty() ? NOTHING : LogFormat.record(changes);
    writing.lock();
    try {
      space.take(record.length());
      makeRoom();
      lastSequence++;
      committer.add(new LogWriter.Pending(segment, lastSequence, record));
      layers.view().active().put(changes, lastSequence, record.length());
      counters.writes().increment();
      return lastSequence;
    } finally {
      writing.unlock();
    }
  }

  /** Begins a new memtable when the active one is full. */
  private void makeRoom() {
    backpressure.slow();
    if (!isFull() || isBoundToMemory()) {
      return;
    }
    backpressure.awaitFrozenRoom(committer::check);
    if (isFull()) {
      freeze();
    }
  }

  /**
   * Whether the disk can't take the memtable now, so that it grows a little instead: a flush that
   * fails would end the engine.
   */
  private boolean isBoundToMemory() {
    long bytes = layers.view().active().logBytes();
    if (!space.isSpending() || space.hasRoomAtAllFor(bytes)) {
      return false;
    }
    if (bytes >= options.memtableBytes() + SPARE_BYTES) {
      throw new EngineException("the disk is full, and so is the memory: make room on the disk");
    }
    return true;
  }

  private boolean isFull() {
    return layers.view().active().logBytes() >= options.memtableBytes();
  }

  private void freeze() {
    lastSequence++;
    committer.add(new LogWriter.Pending(segment + 1, lastSequence, NOTHING));
    segment++;
    layers.rotate(new Memtable(segment, lastSequence));
  }

  /**
   * Returns a view, held, of all writes so far and no later ones: the active memtable is frozen
   * first.
   *
   * @throws EngineException when the disk has no room for the memtable
   */
  LayerView still() {
    writing.lock();
    try {
      committer.check();
      if (isBoundToMemory()) {
        throw new EngineException("the disk is full: it has no room for a snapshot");
      }
      freeze();
      return layers.view().still();
    } finally {
      writing.unlock();
    }
  }

  /**
   * Moves everything that is in the log so far into checkpoints. Returns when the manifest, with
   * the lost ranges, says that the log begins behind it.
   */
  void leaveLog() {
    long left;
    writing.lock();
    try {
      freeze();
      left = segment;
    } finally {
      writing.unlock();
    }
    layers.awaitFloor(left, committer::check);
  }
}
