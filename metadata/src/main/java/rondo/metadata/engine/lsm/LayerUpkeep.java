package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.util.List;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.FreeSpace;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.DamagedCheckpoints;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.metadata.engine.damage.CheckpointSalvage;
import rondo.metadata.engine.log.Committer;
import rondo.metadata.engine.log.LogSegments;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * The work in the background, each kind on a thread of its own: {@link #flush} turns frozen
 * memtables into runs and drops their log; {@link #merge} merges runs, and writes the readable rows
 * of damaged checkpoints to new ones.
 */
final class LayerUpkeep {
  private final EngineOptions options;
  private final Layers layers;
  private final LogSegments log;
  private final Committer committer;
  private final EngineCounters counters;
  private final CheckpointOutput output;
  private final RunMerger merger;

  private final BlockCache cache;
  private final Time time;
  private final DamagedCheckpoints damaged;
  private final FreeSpace space;

  LayerUpkeep(
      EngineOptions options,
      FreeSpace space,
      Layers layers,
      LogSegments log,
      Committer committer,
      BlockCache cache,
      Time time) {
    this.options = options;
    this.layers = layers;
    this.log = log;
    this.committer = committer;
    this.counters = cache.counters();
    this.cache = cache;
    this.time = time;
    this.damaged = cache.damaged();
    this.space = space;
    this.output = new CheckpointOutput(log.disk(), layers, cache, options.checkpointBytes());
    this.merger = new RunMerger(layers, space, options, counters, output);
  }

  /**
   * Flushes memtables until the engine is closed or has failed. A checkpoint that can't be written
   * makes the engine fail.
   */
  void flush() {
    boolean ended = false;
    try {
      long dropped = layers.view().floor();
      for (LayerView view = layers.awaitFrozen(); view != null; view = layers.awaitFrozen()) {
        flushOldest(view);
        long floor = layers.view().floor();
        log.drop(dropped, floor);
        dropped = floor;
      }
      ended = true;
    } catch (IOException | EngineException e) {
      committer.fail("a checkpoint can't be written: " + e.getMessage(), e);
      ended = true;
    } finally {
      if (!ended) {
        committer.fail("the thread that writes checkpoints died", null);
      }
      layers.wake(false);
    }
  }

  private void flushOldest(LayerView view) throws IOException {
    int count = view.frozen().size();
    Memtable oldest = view.frozen().getLast();
    Memtable next = count > 1 ? view.frozen().get(count - 2) : view.active();
    // The next segment must be durable before the manifest says that the log begins with it.
    committer.awaitDurable(next.firstSequence());
    List<Checkpoint> written =
        output.write(oldest.source(Bytes.EMPTY, null), view.runs().isEmpty());
    try {
      layers.flushed(written.isEmpty() ? null : new CheckpointRun(written));
    } finally {
      written.forEach(Checkpoint::release);
    }
    written.forEach(checkpoint -> counters.flushedBytes().add(checkpoint.bytes()));
    counters.checkpoints().increment();
  }

  /**
   * Merges runs until the engine is closed. A merge that fails is given up, and its inputs stay in
   * use. Damaged checkpoints are salvaged before any merge.
   */
  void merge() {
    List<CheckpointRun> seen = List.of();
    LayerView view = layers.awaitRuns(options.runs(), seen, damaged::isWaiting);
    while (view != null) {
      if (damaged.isWaiting()) {
        salvage(view);
      } else {
        seen = view.runs();
        damaged.again();
        mergeOnce(view);
      }
      view = layers.awaitRuns(options.runs(), seen, damaged::isWaiting);
    }
  }

  private void mergeOnce(LayerView view) {
    List<CheckpointRun> runs = beforeDamage(view.runs());
    if (runs.size() < view.runs().size() && runs.size() <= options.runs() / 2) {
      return; // so that the newest ones aren't merged again with each memtable
    }
    try {
      merger.merge(runs, runs.size() == view.runs().size());
    } catch (IOException | EngineException e) {
      counters.mergeFailures().increment();
    }
  }

  /**
   * Returns the runs that are newer than the newest damaged one: older ones and the damaged one
   * stay as they are.
   */
  private List<CheckpointRun> beforeDamage(List<CheckpointRun> runs) {
    int whole = 0;
    while (whole < runs.size()
        && runs.get(whole).checkpoints().stream().noneMatch(one -> damaged.contains(one.id()))) {
      whole++;
    }
    return runs.subList(0, whole);
  }

  private void salvage(LayerView view) {
    damaged.keep(view.checkpoints().stream().map(Checkpoint::id).toList());
    for (Checkpoint checkpoint : view.checkpoints()) {
      if (damaged.isWaiting(checkpoint.id())) {
        salvage(checkpoint);
      }
    }
  }

  private void salvage(Checkpoint checkpoint) {
    checkpoint.hold();
    try {
      writeAnewHeld(checkpoint);
    } catch (IOException | EngineException e) {
      counters.mergeFailures().increment();
      damaged.stuck(checkpoint.id());
    }
  }

  private void writeAnewHeld(Checkpoint checkpoint) throws IOException {
    boolean written = false;
    try {
      if (!space.hasRoomFor(checkpoint.bytes())) {
        throw new IOException("no room for " + checkpoint.bytes() + " bytes");
      }
      writeAnew(checkpoint);
      written = true;
    } finally {
      putAway(checkpoint, written);
    }
  }

  /** Counts the damage as gone only when the damaged files are, so that none is met after it. */
  private void putAway(Checkpoint checkpoint, boolean written) {
    try {
      // Deleting may fail too on such a disk: the next start deletes the rest.
      checkpoint.release();
    } finally {
      if (written) {
        damaged.gone(checkpoint.id());
      }
    }
  }

  private void writeAnew(Checkpoint checkpoint) throws IOException {
    long now = time.wallMicros() / 1000;
    Checkpoint fresh = checkpoint.again(cache);
    try {
      var salvage = new CheckpointSalvage(fresh, now);
      List<Checkpoint> written = output.write(salvage, false);
      List<LostRange> lost = salvage.lostRanges();
      if (!lost.isEmpty() && !lost.equals(lostNow(checkpoint, now))) {
        written.forEach(Checkpoint::replace);
        written.forEach(Checkpoint::release);
        throw new IOException("what couldn't be read can be read now, or the reverse");
      }
      replace(checkpoint, written, lost);
    } finally {
      fresh.release();
    }
  }

  /**
   * Returns the ranges that can't be read even now, after the disk has taken writes. An error may
   * pass but damage is met twice, and a range noted as lost stays lost.
   */
  private List<LostRange> lostNow(Checkpoint checkpoint, long now) throws IOException {
    Checkpoint fresh = checkpoint.again(cache);
    try {
      var again = new CheckpointSalvage(fresh, now);
      while (again.key() != null) {
        again.advance();
      }
      return again.lostRanges();
    } finally {
      fresh.release();
    }
  }

  private void replace(Checkpoint checkpoint, List<Checkpoint> written, List<LostRange> lost)
      throws IOException {
    boolean done = false;
    try {
      layers.salvaged(checkpoint, written, lost);
      done = true;
    } finally {
      // If the swap failed, the manifest on the disk may name either: the next start deletes the
      // other.
      if (done && lost.isEmpty()) {
        checkpoint.replace();
      } else if (done) {
        checkpoint.setAside();
      }
      written.forEach(Checkpoint::release);
    }
  }
}
