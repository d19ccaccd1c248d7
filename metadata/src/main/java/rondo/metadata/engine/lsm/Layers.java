package rondo.metadata.engine.lsm;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.ring.value.Bytes;

/**
 * The newest {@link LayerView} of an engine, and the manifest, which is always replaced before the
 * view. Readers take the view without a lock; threads that replace it hold the lock. Thread-safe.
 */
final class Layers {
  /** So many memtables may wait for the flusher before writers have to wait. */
  private static final int MOST_FROZEN = 2;

  /** A wait that may never end checks at this interval whether to give up. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Disk disk;
  private final ManifestFiles manifests;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Keeps the manifests of the flusher and the merger in order, without stopping writers. */
  private final ReentrantLock manifest = new ReentrantLock();

  private long nextId;
  private volatile boolean closing;
  private volatile LayerView view;

  Layers(Disk disk, ManifestFiles manifests, LayerView view, long nextId) {
    this.disk = disk;
    this.manifests = manifests;
    this.view = view;
    this.nextId = nextId;
  }

  /**
   * Returns the lock that a writer holds for each write, and every thread for a change of the view.
   */
  ReentrantLock lock() {
    return lock;
  }

  /** Returns the newest view, whose checkpoints the caller does not hold. */
  LayerView view() {
    return view;
  }

  /**
   * Returns the newest view, whose checkpoints the caller now holds.
   *
   * @throws EngineException when the engine is closed: its last view is never replaced
   */
  LayerView held() {
    LayerView now = view;
    while (!now.hold()) {
      LayerView next = view;
      if (next.equals(now) && closing) {
        throw new EngineException("the engine is closed");
      }
      now = next;
    }
    return now;
  }

  /** Whether no more memtables may be frozen now; under the lock. */
  boolean isFrozenFull() {
    return view.frozen().size() >= MOST_FROZEN && !closing;
  }

  /**
   * Waits for a change, and releases the lock meanwhile; returns the nanoseconds that were left.
   * Under the lock.
   */
  @SuppressWarnings("WaitNotInLoop") // callers check again, or have waited long enough
  long pause(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Freezes the active memtable: writes go to {@code next} from now on. Under the lock. */
  void rotate(Memtable next) {
    LayerView before = view;
    view = before.rotated(next);
    before.release();
    changed.signalAll();
  }

  /**
   * Wakes all waiting threads, so that they check again.
   *
   * @param close whether the engine is being closed
   */
  void wake(boolean close) {
    lock.lock();
    try {
      closing |= close;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a view with a frozen memtable; null when the engine is closed. */
  @Nullable LayerView awaitFrozen() {
    return await(now -> !now.frozen().isEmpty());
  }

  /**
   * Waits for work on runs; null when the engine is closed.
   *
   * @param more wakes when there are more runs than this
   * @param seen but not when they are these
   * @param also other work; code that changes its result calls {@link #wake}
   */
  @Nullable LayerView awaitRuns(int more, List<CheckpointRun> seen, BooleanSupplier also) {
    return await(
        now -> also.getAsBoolean() || (now.runs().size() > more && !now.runs().equals(seen)));
  }

  /**
   * Waits until checkpoints have everything that was written before {@code segment}.
   *
   * @param check throws when the wait is to be given up
   */
  void awaitFloor(long segment, Runnable check) {
    lock.lock();
    try {
      while (view.floor() < segment) {
        check.run();
        pause(LOOK_NANOS);
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable LayerView await(Predicate<LayerView> ready) {
    lock.lock();
    try {
      while (!closing && !ready.test(view)) {
        changed.awaitUninterruptibly();
      }
      return closing ? null : view;
    } finally {
      lock.unlock();
    }
  }

  CheckpointFiles newFiles() {
    lock.lock();
    try {
      return new CheckpointFiles(disk, nextId++);
    } finally {
      lock.unlock();
    }
  }

  /** Replaces the oldest frozen memtable by {@code run}; null when it was empty. */
  void flushed(@Nullable CheckpointRun run) throws IOException {
    swap(now -> now.flushed(run));
  }

  /**
   * Replaces {@code old} by {@code next}, or by nothing if null, which has the rows of {@code gone}
   * too.
   */
  void merged(CheckpointRun old, @Nullable CheckpointRun next, List<CheckpointRun> gone)
      throws IOException {
    swap(now -> now.merged(old, next, gone));
  }

  /**
   * Replaces {@code old} by {@code next}, which has its readable rows, and adds the ranges of the
   * others as lost.
   */
  void salvaged(Checkpoint old, List<Checkpoint> next, List<LostRange> lost) throws IOException {
    swap(now -> now.salvaged(old, next, lost));
  }

  /** Removes a range from the lost ranges; durable when this returns. */
  void markRepaired(Bytes from, @Nullable Bytes to) throws IOException {
    swap(now -> now.markRepaired(from, to));
  }

  /** Writes the first manifest of a folder. */
  void begin() throws IOException {
    manifest.lock();
    try {
      manifests.write(manifest(view));
    } finally {
      manifest.unlock();
    }
  }

  /** Whether both copies of the manifest exist and are not known to be damaged. */
  boolean isManifestWhole() {
    return manifests.areWhole();
  }

  /**
   * Rewrites each copy of the manifest that is missing or damaged, and returns the names of those.
   */
  List<String> mendManifest() throws IOException {
    manifest.lock();
    try {
      return manifests.mend();
    } finally {
      manifest.unlock();
    }
  }

  private void swap(UnaryOperator<LayerView> change) throws IOException {
    manifest.lock();
    try {
      // Writers may freeze a memtable meanwhile, which changes neither the floor nor the
      // checkpoints.
      LayerView next = change.apply(view);
      try {
        manifests.write(manifest(next));
      } finally {
        next.release();
      }
      publish(change);
    } finally {
      manifest.unlock();
    }
  }

  private Manifest manifest(LayerView of) {
    lock.lock();
    try {
      List<List<Long>> runs = of.runs().stream().map(Layers::ids).toList();
      return new Manifest(manifests.nextGeneration(), of.floor(), nextId, runs, of.lostRanges());
    } finally {
      lock.unlock();
    }
  }

  private static List<Long> ids(CheckpointRun run) {
    return run.checkpoints().stream().map(Checkpoint::id).toList();
  }

  private void publish(UnaryOperator<LayerView> change) {
    lock.lock();
    try {
      LayerView before = view;
      view = change.apply(before);
      before.release();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
