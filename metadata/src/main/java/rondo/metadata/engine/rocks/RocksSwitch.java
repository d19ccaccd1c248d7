package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRangeSet;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * The database that an engine uses; replaces it by a rebuilt one when it is damaged. Thread-safe.
 */
final class RocksSwitch {
  static final String CLOSED = "the engine is closed";

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final RocksFolder folder;
  private final RocksSetup setup;
  private final RocksRebuild rebuild;

  /** Held during a sync and during a replacement. */
  private final ReentrantLock replacing = new ReentrantLock();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean damaged = new AtomicBoolean();
  private volatile @Nullable String trouble;
  private volatile Opened opened;

  /**
   * An open database.
   *
   * @param sequence of its last write before it was opened
   * @param lostRanges the ranges whose rows it has lost
   */
  record Opened(RocksBase base, long sequence, LostRangeSet lostRanges) {
    /** Ends one use of the database. */
    void leave() {
      base.leave();
    }
  }

  /**
   * Opens the database in use, after a rebuild if it is damaged.
   *
   * @throws EngineException when it can't be opened
   */
  RocksSwitch(RocksFolder folder, RocksSetup setup, EngineCounters counters, Time time)
      throws IOException {
    this.folder = folder;
    this.setup = setup;
    this.rebuild = new RocksRebuild(folder, setup, time);
    if (folder.isEmpty()) {
      Path building = folder.begin();
      RocksBase.create(building, setup).close();
      folder.use(building);
    }
    this.opened = first(counters);
  }

  private Opened first(EngineCounters counters) throws IOException {
    try {
      return open();
    } catch (DamageException _) {
      counters.damaged().increment();
      rebuild.fromFolder(() -> {});
      return open();
    }
  }

  private Opened open() throws IOException {
    RocksBase base = RocksBase.open(folder.current(), setup);
    Opened whole = null;
    try {
      whole = new Opened(base, base.sequence(), base.lostRanges());
      if (whole.lostRanges().all().isEmpty()) {
        folder.deleteOthers();
      }
      return whole;
    } catch (RocksDBException e) {
      throw RocksBase.failed("can't open " + base.path(), e);
    } finally {
      if (whole == null) {
        base.close();
      }
    }
  }

  /**
   * Begins a use of the database, which stays open until {@link Opened#leave}.
   *
   * @throws EngineException when it is closed, for a while or for good
   */
  Opened enter() {
    Opened now = opened;
    now.base().enter();
    return now;
  }

  /** Returns the sequence number of the last write before the database was opened. */
  long sequence() {
    return opened.sequence();
  }

  LostRangeSet lostRanges() {
    return opened.lostRanges();
  }

  /** Whether no damage and no lost range is known. */
  boolean isWhole() {
    return !damaged.get() && lostRanges().all().isEmpty();
  }

  /** Returns why the last rebuild failed; null when there was no trouble. */
  @Nullable String trouble() {
    return trouble;
  }

  boolean isCurrent(RocksBase base) {
    return opened.base() == base;
  }

  /** Starts a rebuild, if {@code base} is still in use. */
  void damaged(RocksBase base) {
    if (!isCurrent(base)) {
      return;
    }
    if (damaged.compareAndSet(false, true)) {
      Thread.ofPlatform().name("metadata-rebuild").daemon().start(this::rebuild);
    }
  }

  private void rebuild() {
    while (!replaceUnderLock() && !awaitClosing(AGAIN)) {
      // Try again: the disk may have room by now.
    }
  }

  /**
   * Replaces the database; while none is open that could be synced, it keeps the lock and tries
   * again.
   */
  private boolean replaceUnderLock() {
    replacing.lock();
    try {
      boolean replaced = replace();
      while (!replaced && opened.base().isClosed() && !awaitClosing(AGAIN)) {
        replaced = replace();
      }
      return replaced;
    } finally {
      replacing.unlock();
    }
  }

  private boolean awaitClosing(Duration patience) {
    try {
      return closing.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private boolean replace() {
    RocksBase old = opened.base();
    try {
      if (old.isClosed() || !rebuildFromOpen(old)) {
        old.close();
        rebuild.fromFolder(this::check);
      }
      old.close();
      Opened next = open();
      trouble = null;
      damaged.set(false);
      opened = next;
      return true;
    } catch (EngineException | IOException e) {
      trouble = "%s is damaged, and isn't rebuilt: %s".formatted(folder.path(), e.getMessage());
      return false;
    }
  }

  /** Copies the open database; if that fails, the old one stays in use. */
  private boolean rebuildFromOpen(RocksBase old) {
    old.shut("what is known here is being copied from a damaged disk: ask again later");
    boolean ended = false;
    try {
      boolean copied = rebuild.fromOpen(old, this::check);
      ended = true;
      return copied;
    } finally {
      if (!ended) {
        old.unshut();
      }
    }
  }

  private void check() {
    if (closing.getCount() == 0) {
      throw new EngineException(CLOSED);
    }
  }

  /** Returns once all writes before the call are on stable storage. */
  void sync() {
    replacing.lock();
    try {
      Opened now = enter();
      try {
        now.base().db().syncWal();
      } finally {
        now.leave();
      }
    } catch (RocksDBException e) {
      throw new EngineException("the log can't be synced: " + e.getMessage(), e);
    } finally {
      replacing.unlock();
    }
  }

  /** Takes note, durably, that no row in this range is lost any more. */
  void markRepaired(Bytes from, @Nullable Bytes to) {
    replacing.lock();
    try {
      Opened now = enter();
      try {
        opened = markRepaired(now, now.lostRanges().without(from, to));
      } finally {
        now.leave();
      }
    } catch (RocksDBException | IOException e) {
      throw new EngineException("can't note what is mended: " + e.getMessage(), e);
    } finally {
      replacing.unlock();
    }
  }

  private Opened markRepaired(Opened now, LostRangeSet left) throws RocksDBException, IOException {
    try (var batch = new WriteBatch();
        var durably = new WriteOptions().setSync(true)) {
      now.base().putLostRanges(batch, left);
      now.base().db().write(durably, batch);
    }
    if (left.all().isEmpty()) {
      folder.deleteOthers();
    }
    return new Opened(now.base(), now.sequence(), left);
  }

  /**
   * Gives up a rebuild in progress, waits for the last user to leave, and closes the database.
   *
   * @param sync whether to make all writes durable first
   */
  void close(boolean sync) {
    closing.countDown();
    replacing.lock();
    RocksBase base = opened.base();
    try {
      if (base.shut(CLOSED) && sync) {
        base.db().syncWal();
      }
    } catch (RocksDBException e) {
      throw new EngineException("can't close the engine: " + e.getMessage(), e);
    } finally {
      base.close();
      replacing.unlock();
    }
  }
}
