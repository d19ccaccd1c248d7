package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.LostRangeSet;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.OpenResources;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.metadata.engine.log.LogSegments;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * Opens the runs that a manifest names. A checkpoint whose checksums are damaged or missing can't
 * be opened: it is left out, and the range between its neighbours is noted as lost. For one thread.
 */
final class RunOpener {
  private final Disk disk;
  private final BlockCache cache;
  private final Time time;
  private final List<LostRange> lostRanges = new ArrayList<>();
  private final List<CheckpointFiles> unknown = new ArrayList<>();

  RunOpener(Disk disk, BlockCache cache, Time time) {
    this.disk = disk;
    this.cache = cache;
    this.time = time;
  }

  /**
   * Opens the runs and returns the recovery. The lost ranges of checkpoints that were left out are
   * in the manifest, durably.
   */
  EngineRecovery open(
      Manifest manifest, Memtable replayed, long lastSequence, long nextSegment, LogSegments log)
      throws IOException {
    try (var opening = new OpenResources()) {
      var runs = new ArrayList<CheckpointRun>();
      for (List<Long> ids : manifest.runs()) {
        List<Checkpoint> run = open(ids, opening);
        if (!run.isEmpty()) {
          runs.add(new CheckpointRun(run));
        }
      }
      Manifest now = unknown.isEmpty() ? manifest : without(manifest, runs);
      opening.done();
      return new EngineRecovery(now, runs, replayed, lastSequence, nextSegment, log);
    }
  }

  private List<Checkpoint> open(List<Long> ids, OpenResources opening) throws IOException {
    var run = new ArrayList<Checkpoint>();
    boolean gap = false;
    for (long id : ids) {
      var files = new CheckpointFiles(disk, id);
      Checkpoint checkpoint = open(files);
      if (checkpoint == null) {
        gap = true;
        unknown.add(files);
        continue;
      }
      opening.add(checkpoint::release);
      if (gap) {
        noteLost(run, checkpoint.sum().first());
      }
      gap = false;
      run.add(checkpoint);
    }
    if (gap) {
      noteLost(run, null);
    }
    return run;
  }

  private @Nullable Checkpoint open(CheckpointFiles files) throws IOException {
    try {
      return Checkpoint.open(files, cache);
    } catch (DamageException | NoSuchFileException _) {
      return null;
    }
  }

  private void noteLost(List<Checkpoint> before, @Nullable Bytes to) {
    Bytes from = before.isEmpty() ? Bytes.EMPTY : LostRange.behind(before.getLast().sum().last());
    lostRanges.add(new LostRange(from, to, time.wallMicros() / 1000));
  }

  private Manifest without(Manifest manifest, List<CheckpointRun> runs) throws IOException {
    List<List<Long>> left =
        runs.stream().map(run -> run.checkpoints().stream().map(Checkpoint::id).toList()).toList();
    var files = new ManifestFiles(disk, manifest);
    LostRangeSet lost = manifest.lostRanges().plus(lostRanges);
    var now = new Manifest(files.nextGeneration(), manifest.floor(), manifest.nextId(), left, lost);
    files.write(now);
    for (CheckpointFiles damaged : unknown) {
      damaged.setAside();
    }
    return now;
  }
}
