package rondo.metadata.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The newest {@link View} of an engine, and its manifest, which is always swapped first. Readers
 * take the view as it is; who changes it holds the lock. Thread-safe.
 */
final class Layers {
  /** Memtables that may wait for the flusher before writers have to. */
  private static final int MOST_FROZEN = 2;

  private final Path folder;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Keeps the manifests of the flusher and the merger in order, without stopping writers. */
  private final ReentrantLock manifest = new ReentrantLock();

  private long nextId;
  private boolean closing;
  private volatile View view;

  Layers(Path folder, View view, long nextId) {
    this.folder = folder;
    this.view = view;
    this.nextId = nextId;
  }

  /** Held by the one writer at a time, and for each change of the view. */
  ReentrantLock lock() {
    return lock;
  }

  View view() {
    return view;
  }

  /** The newest view, whose checkpoints the caller now holds. */
  View held() {
    View now = view;
    while (!now.hold()) {
      now = view;
    }
    return now;
  }

  /** Under the lock. */
  boolean isFrozenFull() {
    return view.frozen().size() >= MOST_FROZEN && !closing;
  }

  /** Under the lock, which others may take meanwhile. */
  void awaitFrozenRoom(Runnable check) {
    while (isFrozenFull()) {
      check.run();
      changed.awaitUninterruptibly();
    }
  }

  /** Under the lock: writes go to {@code next} from now on. */
  void rotate(Memtable next) {
    view = view.rotated(next);
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
  @Nullable View awaitFrozen() {
    return await(now -> !now.frozen().isEmpty());
  }

  @Nullable View awaitCheckpoints(int more, View than) {
    return await(
        now -> now.checkpoints().size() > more && !now.checkpoints().equals(than.checkpoints()));
  }

  private @Nullable View await(Predicate<View> ready) {
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
      return new CheckpointFiles(folder, nextId++);
    } finally {
      lock.unlock();
    }
  }

  /** The oldest frozen memtable has become {@code checkpoint}. */
  void flushed(@Nullable Checkpoint checkpoint) throws IOException {
    swap(now -> now.flushed(checkpoint));
  }

  /** {@code run} has become {@code merged}. */
  void merged(List<Checkpoint> run, @Nullable Checkpoint merged) throws IOException {
    swap(now -> now.merged(run, merged));
    run.forEach(Checkpoint::replace);
  }

  private void swap(UnaryOperator<View> change) throws IOException {
    manifest.lock();
    try {
      // Writers may rotate meanwhile, which changes neither the floor nor the checkpoints.
      View next = change.apply(view);
      manifest(next).write(folder);
      publish(change);
    } finally {
      manifest.unlock();
    }
  }

  private Manifest manifest(View of) {
    lock.lock();
    try {
      return new Manifest(
          of.floor(), nextId, of.checkpoints().stream().map(Checkpoint::id).toList());
    } finally {
      lock.unlock();
    }
  }

  private void publish(UnaryOperator<View> change) {
    lock.lock();
    try {
      view = change.apply(view);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
