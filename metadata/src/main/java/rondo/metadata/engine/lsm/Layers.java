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
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.Memtable;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.checkpoint.CheckpointRun;
import rondo.ring.value.Bytes;

/**
 * The newest {@link LayerView} of an engine, and its manifest, which is always swapped first.
 * Readers take the view as it is; who changes it holds the lock. Thread-safe.
 */
final class Layers {
  /** Memtables that may wait for the flusher before writers have to. */
  private static final int MOST_FROZEN = 2;

  /** Whoever waits for what may never come looks so often. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Disk disk;
  private final ManifestFiles manifests;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Keeps the manifests of the flusher and the merger in order, without stopping writers. */
  private final ReentrantLock manifest = new ReentrantLock();

  private long nextId;
  private boolean closing;
  private volatile LayerView view;

  Layers(Disk disk, ManifestFiles manifests, LayerView view, long nextId) {
    this.disk = disk;
    this.manifests = manifests;
    this.view = view;
    this.nextId = nextId;
  }

  /** Held by the one writer at a time, and for each change of the view. */
  ReentrantLock lock() {
    return lock;
  }

  LayerView view() {
    return view;
  }

  /** The newest view, whose checkpoints the caller now holds. */
  LayerView held() {
    LayerView now = view;
    while (!now.hold()) {
      now = view;
    }
    return now;
  }

  /** Under the lock. */
  boolean isFrozenFull() {
    return view.frozen().size() >= MOST_FROZEN && !closing;
  }

  /** Under the lock, which others may take meanwhile: waits for a change; the time left over. */
  @SuppressWarnings("WaitNotInLoop") // who calls it looks again, or has waited long enough
  long pause(long nanos) {
    try {
      return changed.awaitNanos(nanos);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  /** Under the lock: writes go to {@code next} from now on. */
  void rotate(Memtable next) {
    LayerView before = view;
    view = before.rotated(next);
    before.release();
    changed.signalAll();
  }

  /** Whoever waits looks again. */
  void wake(boolean close) {
    lock.lock();
    try {
      closing |= close;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a view in which there is work to do; null when the engine is closed. */
  @Nullable LayerView awaitFrozen() {
    return await(now -> !now.frozen().isEmpty());
  }

  /**
   * Waits for more runs than that, and for others than those that were seen before, or until {@code
   * also} says that there is work to do; who changes that calls {@link #wake}.
   */
  @Nullable LayerView awaitRuns(int more, List<CheckpointRun> seen, BooleanSupplier also) {
    return await(
        now -> also.getAsBoolean() || (now.runs().size() > more && !now.runs().equals(seen)));
  }

  /**
   * Waits until nothing that was written before {@code segment} is in memory alone.
   *
   * @param check throws when there is no point in waiting
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

  /** The oldest frozen memtable has become {@code run}; null when it held nothing. */
  void flushed(@Nullable CheckpointRun run) throws IOException {
    swap(now -> now.flushed(run));
  }

  /** {@code old} has become {@code next}, null for nothing, which has all of {@code gone} too. */
  void merged(CheckpointRun old, @Nullable CheckpointRun next, List<CheckpointRun> gone)
      throws IOException {
    swap(now -> now.merged(old, next, gone));
  }

  /** What could be read of {@code old} has become {@code next}, and the rest is lost. */
  void salvaged(Checkpoint old, List<Checkpoint> next, List<LostRange> lost) throws IOException {
    swap(now -> now.salvaged(old, next, lost));
  }

  /** What was lost between these keys is here again, on stable storage. */
  void mended(Bytes from, @Nullable Bytes to) throws IOException {
    swap(now -> now.mended(from, to));
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

  /** Whether the manifest's copies are both there, as far as is known. */
  boolean isManifestWhole() {
    return manifests.areWhole();
  }

  /** Writes each copy of the manifest anew that isn't what was written; which they were. */
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
      // Writers may rotate meanwhile, which changes neither the floor nor the checkpoints.
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
