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
 * The database that an engine uses, and what puts another one in its place when that is damaged.
 * Thread-safe.
 */
final class RocksSwitch {
  static final String CLOSED = "the engine is closed";

  private static final Duration AGAIN = Duration.ofMinutes(1);

  private final RocksFolder folder;
  private final RocksSetup setup;
  private final RocksRebuild rebuild;

  /** Held by whoever syncs or replaces it. */
  private final ReentrantLock replacing = new ReentrantLock();

  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicBoolean damaged = new AtomicBoolean();
  private volatile @Nullable String trouble;
  private volatile Opened opened;

  /**
   * An open database.
   *
   * @param sequence of its last write when it was opened
   * @param lostRanges what it has lost
   */
  record Opened(RocksBase base, long sequence, LostRangeSet lostRanges) {
    /** No longer kept open. */
    void leave() {
      base.leave();
    }
  }

  /**
   * Opens it, rebuilt when it is damaged.
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
   * Keeps it open until it is left.
   *
   * @throws EngineException when it is closed, for a while or for good
   */
  Opened enter() {
    Opened now = opened;
    now.base().enter();
    return now;
  }

  /** Of the last write before it was opened. */
  long sequence() {
    return opened.sequence();
  }

  LostRangeSet lostRanges() {
    return opened.lostRanges();
  }

  /** Whether nothing is lost or known to be damaged. */
  boolean isWhole() {
    return !damaged.get() && lostRanges().all().isEmpty();
  }

  /** Why it couldn't be rebuilt, last time; null when there was no trouble. */
  @Nullable String trouble() {
    return trouble;
  }

  boolean isCurrent(RocksBase base) {
    return opened.base() == base;
  }

  /** Has it rebuilt, if {@code base} still is in use. */
  void damaged(RocksBase base) {
    if (!isCurrent(base)) {
      return;
    }
    if (damaged.compareAndSet(false, true)) {
      Thread.ofPlatform().name("metadata-rebuild").daemon().start(this::rebuild);
    }
  }

  private void rebuild() {
    while (!isReplaced() && !isClosing(AGAIN)) {
      // Once more: there may be room again on the disk.
    }
  }

  /** Holds on to the lock while there is none that could be synced. */
  private boolean isReplaced() {
    replacing.lock();
    try {
      boolean replaced = replace();
      while (!replaced && opened.base().isClosed() && !isClosing(AGAIN)) {
        replaced = replace();
      }
      return replaced;
    } finally {
      replacing.unlock();
    }
  }

  private boolean isClosing(Duration patience) {
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
      if (old.isClosed() || !isCopied(old)) {
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

  /** When it can't be, it is used on as it is. */
  private boolean isCopied(RocksBase old) {
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

  /** Returns when all that was written before is on stable storage. */
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

  /** Notes, durably, that nothing between these keys is lost any more. */
  void mended(Bytes from, @Nullable Bytes to) {
    replacing.lock();
    try {
      Opened now = enter();
      try {
        opened = mended(now, now.lostRanges().without(from, to));
      } finally {
        now.leave();
      }
    } catch (RocksDBException | IOException e) {
      throw new EngineException("can't note what is mended: " + e.getMessage(), e);
    } finally {
      replacing.unlock();
    }
  }

  private Opened mended(Opened now, LostRangeSet left) throws RocksDBException, IOException {
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
   * Waits until nobody uses it any more, and what is being replaced is given up.
   *
   * @param sync whether what was written is to be durable then
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
