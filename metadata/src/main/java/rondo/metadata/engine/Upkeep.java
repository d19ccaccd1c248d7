package rondo.metadata.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.register.Bytes;

/**
 * What goes on behind writes and reads, each on a thread of its own: {@link #flush} turns frozen
 * memtables into checkpoints and drops their log, {@link #merge} makes fewer checkpoints of many.
 */
final class Upkeep {
  private final Path folder;
  private final EngineOptions options;
  private final FreeSpace space;
  private final Layers layers;
  private final Committer committer;
  private final EngineCounters counters;

  Upkeep(
      Path folder,
      EngineOptions options,
      FreeSpace space,
      Layers layers,
      Committer committer,
      EngineCounters counters) {
    this.folder = folder;
    this.options = options;
    this.space = space;
    this.layers = layers;
    this.committer = committer;
    this.counters = counters;
  }

  /** Until the engine is closed or has failed. A checkpoint that can't be written fails it. */
  void flush() {
    boolean ended = false;
    try {
      long dropped = layers.view().floor();
      for (View view = layers.awaitFrozen(); view != null; view = layers.awaitFrozen()) {
        flushOldest(view);
        dropped = dropLog(dropped, layers.view().floor());
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

  private void flushOldest(View view) throws IOException {
    int count = view.frozen().size();
    Memtable oldest = view.frozen().getLast();
    Memtable next = count > 1 ? view.frozen().get(count - 2) : view.active();
    // The next segment has to be there before the manifest says that the log begins with it.
    committer.awaitDurable(next.firstSequence());
    Source source = oldest.source(Bytes.EMPTY, null);
    layers.flushed(
        CheckpointWriter.write(
            layers.newFiles(), source, oldest.rows(), view.checkpoints().isEmpty()));
    counters.checkpoints().increment();
  }

  private long dropLog(long from, long to) throws IOException {
    for (long segment = from; segment < to; segment++) {
      Files.deleteIfExists(LogFormat.file(folder, segment));
    }
    return to;
  }

  /** Until the engine is closed. A merge that fails is given up: its inputs stay as they are. */
  void merge() {
    View before = new View(new Memtable(0, 0), List.of(), List.of());
    for (View view = layers.awaitCheckpoints(options.checkpoints(), before);
        view != null;
        view = layers.awaitCheckpoints(options.checkpoints(), before)) {
      before = view;
      List<Checkpoint> run = MergeChoice.of(view.checkpoints());
      if (run.size() > 1) {
        merge(view, run);
      }
    }
  }

  private void merge(View view, List<Checkpoint> run) {
    CheckpointFiles files = layers.newFiles();
    try {
      long bytes = run.stream().mapToLong(Checkpoint::bytes).sum();
      if (!space.hasRoomFor(bytes)) {
        throw new EngineException("no room to merge " + bytes + " bytes");
      }
      layers.merged(run, write(files, view, run));
      counters.merges().increment();
    } catch (IOException | EngineException e) {
      counters.mergeFailures().increment();
    }
  }

  /** Only this thread replaces checkpoints, so that nobody takes the inputs away. */
  private static @Nullable Checkpoint write(CheckpointFiles files, View view, List<Checkpoint> run)
      throws IOException {
    var sources = new ArrayList<Source>();
    run.forEach(checkpoint -> sources.add(checkpoint.source(Bytes.EMPTY, null)));
    long rows = run.stream().mapToLong(Checkpoint::rows).sum();
    boolean purge = run.getLast() == view.checkpoints().getLast();
    return CheckpointWriter.write(files, new Merge(sources), rows, purge);
  }
}
