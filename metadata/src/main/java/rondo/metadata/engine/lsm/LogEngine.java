package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
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
import rondo.metadata.engine.log.LogFormat;
import rondo.metadata.engine.log.LogSegments;
import rondo.metadata.engine.log.LogWriter;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * An engine in a folder: a log, memory, and checkpoints. It survives the death of its process at
 * any moment with all that was durable. After a failed write or sync it takes no more writes until
 * it is opened again, but what is durable can still be read.
 */
public final class LogEngine implements Engine {
  private static final Bytes NOTHING = LogFormat.record(List.of());

  private final EngineOptions options;
  private final Disk disk;
  private final FreeSpace space;
  private final EngineCounters counters;
  private final Committer committer;
  private final Layers layers;
  private final DamagedCheckpoints damaged;
  private final LogSegments log;
  private final Backpressure backpressure;
  private final List<Thread> threads;
  private final ReentrantLock writing;
  private long lastSequence;
  private long segment;

  private LogEngine(
      Disk disk,
      EngineOptions options,
      FreeSpace space,
      BlockCache cache,
      EngineRecovery recovery,
      Time time) {
    this.options = options;
    this.disk = disk;
    this.space = space;
    this.counters = cache.counters();
    this.lastSequence = recovery.lastSequence();
    this.segment = recovery.nextSegment();
    this.log = recovery.log();
    var writer = new LogWriter(log, options.durability(), counters);
    this.committer = new Committer(writer, counters, options.queueBytes(), lastSequence);
    Manifest manifest = recovery.manifest();
    LostRangeSet noted = manifest == null ? LostRangeSet.NONE : manifest.lostRanges();
    LostRangeSet lostRanges = log.lost().isEmpty() ? noted : LostRangeSet.everything(time);
    var view = new LayerView(recovery.replayed(), List.of(), recovery.runs(), lostRanges);
    view.checkpoints().forEach(Checkpoint::release);
    var manifests = new ManifestFiles(disk, manifest);
    this.layers = new Layers(disk, manifests, view, manifest == null ? 1 : manifest.nextId());
    this.writing = layers.lock();
    this.damaged = cache.damaged();
    damaged.onNews(() -> layers.wake(false));
    this.backpressure = new Backpressure(layers, options, counters);
    var upkeep = new LayerUpkeep(options, space, layers, log, committer, cache, time);
    this.threads =
        List.of(
            thread("metadata-log", committer),
            thread("metadata-flush", upkeep::flush),
            thread("metadata-merge", upkeep::merge));
  }

  /**
   * Opens the engine of {@code folder}, which is made when it isn't there; only one at a time, also
   * among processes.
   *
   * @throws EngineException in one line that says what to do, when it is in use, can't be read or
   *     written, is damaged, or has a newer format
   */
  public static LogEngine open(Path folder, EngineOptions options, Time time) {
    try {
      return open(FolderDisk.open(folder), options, time);
    } catch (IOException e) {
      throw new EngineException("can't open " + folder + ": " + e.getMessage(), e);
    }
  }

  /** Opens the engine that {@code disk} has, and closes the disk with it, or when it can't. */
  static LogEngine open(Disk disk, EngineOptions options, Time time) {
    try (var opening = new OpenResources()) {
      opening.add(disk);
      var cache = new BlockCache(options.cacheBytes(), options.indexBytes(), new EngineCounters());
      EngineRecovery recovery = EngineRecovery.of(disk, cache, time);
      var engine = new LogEngine(disk, options, FreeSpace.of(disk, options), cache, recovery, time);
      engine.threads.forEach(Thread::start);
      engine.begin();
      if (recovery.manifest() == null) {
        // From now on a missing log is an error: so there is one before.
        engine.layers.begin();
      }
      if (!recovery.log().lost().isEmpty()) {
        engine.counters.damaged().add(recovery.log().lost().size());
        engine.leaveLog();
      }
      opening.done();
      return engine;
    } catch (IOException e) {
      throw new EngineException("can't open " + disk.path() + ": " + e.getMessage(), e);
    }
  }

  /** Makes this run's first segment, so that there is none missing when a later one is there. */
  private void begin() {
    writing.lock();
    try {
      lastSequence++;
      committer.add(new LogWriter.Pending(segment, lastSequence, NOTHING));
    } finally {
      writing.unlock();
    }
    awaitDurable(lastSequence);
  }

  private static Thread thread(String name, Runnable body) {
    return Thread.ofPlatform().name(name).daemon().unstarted(body);
  }

  /** Of those in use, which soon will not be. */
  int damagedCheckpoints() {
    return damaged.count();
  }

  @Override
  public boolean isWhole() {
    boolean written = !log.isRotten() && layers.isManifestWhole();
    return written && damaged.count() == 0 && lostRanges().isEmpty();
  }

  @Override
  public EngineCounters counters() {
    return counters;
  }

  @Override
  public @Nullable Entry get(Bytes key) {
    LayerView view = layers.view();
    view.lostRanges().refuse(key);
    Slot slot = view.inMemory(key);
    return slot == null ? onDisk(key, true) : slot.entry(key);
  }

  @Override
  public @Nullable Entry known(Bytes key) {
    Slot slot = layers.view().inMemory(key);
    return slot == null ? onDisk(key, false) : slot.entry(key);
  }

  private @Nullable Entry onDisk(Bytes key, boolean refusing) {
    // A memtable may have become a checkpoint since memory was searched, never the reverse.
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
    if (!isFull()) {
      return;
    }
    backpressure.awaitFrozenRoom(committer::check);
    if (isFull()) {
      freeze();
    }
  }

  private void freeze() {
    lastSequence++;
    committer.add(new LogWriter.Pending(segment + 1, lastSequence, NOTHING));
    segment++;
    layers.rotate(new Memtable(segment, lastSequence));
  }

  /**
   * Returns when checkpoints have all of the log, and a manifest with the lost ranges begins
   * behind.
   */
  private void leaveLog() {
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

  private boolean isFull() {
    return layers.view().active().logBytes() >= options.memtableBytes();
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

  /** What is damaged of the log and the manifest is in memory, and is written anew at once. */
  private void verifyRest(Verification verification) {
    try {
      for (String name : layers.mendManifest()) {
        verification.found(disk.path() + "/" + name + " was damaged; it has been written anew");
      }
      if (!new LogVerification(log, verification).all()) {
        leaveLog();
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
  public List<LostRange> lostRanges() {
    return layers.view().lostRanges().all();
  }

  @Override
  public void mended(Bytes from, @Nullable Bytes to) {
    try {
      layers.mended(from, to);
      if (lostRanges().isEmpty()) {
        CheckpointFiles.deleteAside(disk);
      }
    } catch (IOException e) {
      throw new EngineException("can't note what is mended: " + e.getMessage(), e);
    }
  }

  /** Waits until all that was written is durable, unless the disk has failed. */
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
