package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.disk.MeasuredDisk;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.EngineShape;
import rondo.metadata.engine.EngineSnapshot;
import rondo.metadata.engine.FreeSpace;
import rondo.metadata.engine.LiveCursor;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.LostRangeSet;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.OpenResources;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.DamagedCheckpoints;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.damage.LogVerification;
import rondo.metadata.engine.damage.Verification;
import rondo.metadata.engine.log.Committer;
import rondo.metadata.engine.log.LogSegments;
import rondo.metadata.engine.log.LogWriter;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * A log-structured engine in a folder: a log, memtables, and checkpoints. After the death of the
 * process or a power failure at any moment it recovers all durable writes. After a failed write or
 * sync it takes no more writes until it is opened again; durable rows stay readable.
 */
public final class LogEngine implements Engine {
  private final Disk disk;
  private final EngineCounters counters;
  private final Committer committer;
  private final Layers layers;
  private final DamagedCheckpoints damaged;
  private final LogSegments log;
  private final WritePath writes;
  private final FreeSpace space;
  private final List<Thread> threads;

  private LogEngine(
      Disk disk,
      EngineOptions options,
      FreeSpace space,
      BlockCache cache,
      EngineRecovery recovery,
      Time time) {
    this.disk = disk;
    this.space = space;
    this.counters = cache.counters();
    this.log = recovery.log();
    var writer = new LogWriter(log, options.durability(), counters);
    this.committer = new Committer(writer, counters, options.queueBytes(), recovery.lastSequence());
    Manifest manifest = recovery.manifest();
    LostRangeSet noted = manifest == null ? LostRangeSet.NONE : manifest.lostRanges();
    LostRangeSet lostRanges = log.lost().isEmpty() ? noted : LostRangeSet.everything(time);
    var view = new LayerView(recovery.replayed(), List.of(), recovery.runs(), lostRanges);
    view.checkpoints().forEach(Checkpoint::release);
    var manifests = new ManifestFiles(disk, manifest);
    this.layers = new Layers(disk, manifests, view, manifest == null ? 1 : manifest.nextId());
    this.damaged = cache.damaged();
    damaged.onNews(() -> layers.wake(false));
    this.writes =
        new WritePath(
            options,
            space,
            layers,
            committer,
            counters,
            recovery.nextSegment(),
            recovery.lastSequence());
    var upkeep = new LayerUpkeep(options, space, layers, log, committer, cache, time);
    this.threads =
        List.of(
            thread("metadata-log", committer),
            thread("metadata-flush", upkeep::flush),
            thread("metadata-merge", upkeep::merge));
  }

  /**
   * Opens the engine of {@code folder}, and creates the folder if needed. One engine at a time may
   * have a folder open, across all processes.
   *
   * @throws EngineException with one line that says what to do, when the folder is in use, can't be
   *     read or written, is damaged, or has a newer format
   */
  public static LogEngine open(Path folder, EngineOptions options, Time time) {
    try {
      var counters = new EngineCounters();
      Disk disk = new MeasuredDisk(FolderDisk.open(folder), counters.disk(), time);
      return open(disk, options, time, counters);
    } catch (IOException e) {
      throw new EngineException("can't open " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Opens the engine on {@code disk}; closes the disk with the engine, or when this fails. */
  static LogEngine open(Disk disk, EngineOptions options, Time time) {
    return open(disk, options, time, new EngineCounters());
  }

  private static LogEngine open(
      Disk disk, EngineOptions options, Time time, EngineCounters counters) {
    try (var opening = new OpenResources()) {
      opening.add(disk);
      var cache = new BlockCache(options.cacheBytes(), options.indexBytes(), counters);
      EngineRecovery recovery = EngineRecovery.of(disk, cache, time);
      var engine = new LogEngine(disk, options, FreeSpace.of(disk, options), cache, recovery, time);
      engine.threads.forEach(Thread::start);
      engine.writes.begin();
      if (recovery.manifest() == null) {
        // With a manifest, a missing log is an error: so the log exists first.
        engine.layers.begin();
      }
      if (!recovery.log().lost().isEmpty()) {
        engine.counters.damaged().add(recovery.log().lost().size());
        engine.writes.leaveLog();
      }
      opening.done();
      return engine;
    } catch (IOException e) {
      throw new EngineException("can't open " + disk.path() + ": " + e.getMessage(), e);
    }
  }

  private static Thread thread(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().unstarted(body);
  }

  /** Returns how many damaged checkpoints are still in use; the upkeep replaces them soon. */
  int damagedCheckpoints() {
    return damaged.count();
  }

  @Override
  public boolean isWhole() {
    boolean written = !log.isRotten() && layers.isManifestWhole();
    return written && damaged.count() == 0 && lostRanges().isEmpty();
  }

  @Override
  public long reserveBytes() {
    return space.reserveBytes();
  }

  @Override
  public void spendReserve(boolean all) {
    space.spend(all);
  }

  @Override
  public EngineCounters counters() {
    return counters;
  }

  @Override
  public EngineShape shape() {
    LayerView view = layers.view();
    long frozen = view.frozen().stream().mapToLong(Memtable::logBytes).sum();
    return new EngineShape(
        view.active().logBytes() + frozen,
        view.frozen().size(),
        view.runs().size(),
        view.checkpoints().stream().mapToLong(Checkpoint::bytes).sum());
  }

  @Override
  public @Nullable Entry get(Bytes key) {
    LayerView view = layers.view();
    view.lostRanges().refuse(key);
    Slot slot = view.inMemory(key);
    return slot == null ? onDisk(key, true) : slot.entry(key);
  }

  @Override
  public @Nullable Entry getIntact(Bytes key) {
    Slot slot = layers.view().inMemory(key);
    return slot == null ? onDisk(key, false) : slot.entry(key);
  }

  private @Nullable Entry onDisk(Bytes key, boolean refusing) {
    // Since memory was searched, a memtable may have become a checkpoint; the reverse never
    // happens.
    LayerView view = layers.held();
    try {
      if (refusing) {
        view.lostRanges().refuse(key);
      }
      Slot slot = view.onDisk(key);
      return slot == null ? null : slot.entry(key);
    } finally {
      view.release();
    }
  }

  @Override
  public long write(List<Change> changes) {
    return writes.write(changes);
  }

  @Override
  public void awaitDurable(long sequence) {
    committer.awaitDurable(sequence);
  }

  @Override
  public Verified verify(Pace pace) {
    var verification = new Verification(pace, counters);
    damaged.again();
    LayerView view = layers.held();
    try {
      for (Checkpoint one : view.checkpoints()) {
        if (!verification.checkpoint(one.files())) {
          damaged.found(one.id());
        }
      }
    } finally {
      view.release();
    }
    verifyRest(verification);
    return verification.result();
  }

  /**
   * Verifies the log and the manifest. Both are in memory as well, so damaged parts are rewritten
   * at once.
   */
  private void verifyRest(Verification verification) {
    try {
      for (String name : layers.mendManifest()) {
        verification.found(disk.path() + "/" + name + " was damaged; it has been written anew");
      }
      if (!new LogVerification(log, verification).all()) {
        writes.leaveLog();
      }
    } catch (IOException | EngineException e) {
      verification.found(disk.path() + " can't be mended: " + e.getMessage());
    }
  }

  @Override
  public Cursor cursor(Bytes from, @Nullable Bytes to) {
    LayerView view = layers.held();
    return new LiveCursor(view.source(from, to), view.lostRanges(), from, to, view::release);
  }

  @Override
  public EngineSnapshot snapshot() {
    return new LayerSnapshot(writes.still());
  }

  @Override
  public List<LostRange> lostRanges() {
    return layers.view().lostRanges().all();
  }

  @Override
  public void markRepaired(Bytes from, @Nullable Bytes to) {
    try {
      layers.markRepaired(from, to);
      if (lostRanges().isEmpty()) {
        CheckpointFiles.deleteAside(disk);
      }
    } catch (IOException e) {
      throw new EngineException("can't note what is mended: " + e.getMessage(), e);
    }
  }

  /** Closes the engine once all writes are durable, or at once if the disk has failed. */
  @Override
  public void close() {
    committer.close();
    layers.wake(true);
    try {
      for (Thread thread : threads) {
        thread.join();
      }
      layers.view().release();
      disk.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new EngineException("can't close the engine: " + e.getMessage(), e);
    }
  }
}
