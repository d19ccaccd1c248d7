package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import rondo.metadata.disk.GroupCommit;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.EngineSnapshot;
import rondo.metadata.engine.LostRange;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * An engine over RocksDB. RocksDB is another program with other bugs than the log-structured
 * engine, so that one bug doesn't hit all replicas of a partition when these stand on both. After a
 * failed write or sync it takes no more writes until it is opened again.
 *
 * <p>RocksDB refuses damaged blocks wherever it meets them. The engine then, or at the next start,
 * copies the readable rows into a fresh database. It refuses all reads during the copy, and
 * afterwards reads in the ranges that couldn't be copied.
 */
public final class RocksEngine implements Engine {
  private final RocksSetup setup;
  private final RocksSwitch current;
  private final EngineCounters counters;
  private final WriteOptions unsynced = new WriteOptions();
  private final ReentrantLock writing = new ReentrantLock();
  private final GroupCommit commit;
  private final AtomicReference<@Nullable EngineException> failure = new AtomicReference<>();

  /** Guards the counters that RocksDB keeps. */
  private final UseGate inUse = new UseGate();

  private long lastSequence;

  private RocksEngine(
      RocksSetup setup, RocksSwitch current, EngineCounters counters, long lastSequence) {
    this.setup = setup;
    this.current = current;
    this.counters = counters;
    this.lastSequence = lastSequence;
    this.commit = new GroupCommit(lastSequence, this::sync);
  }

  /**
   * Opens the engine of {@code path}, and creates the folder if needed. If the database is damaged
   * this takes as long as copying it.
   *
   * @throws EngineException when it is in use, or can't be read or written
   */
  public static RocksEngine open(Path path, EngineOptions options, Time time) {
    var setup = new RocksSetup(options);
    RocksEngine engine = null;
    try {
      var counters = new EngineCounters();
      var current = new RocksSwitch(RocksFolder.open(path), setup, counters, time);
      engine = new RocksEngine(setup, current, counters, current.sequence());
      return engine;
    } catch (IOException e) {
      throw new EngineException("can't open " + path + ": " + e.getMessage(), e);
    } finally {
      if (engine == null) {
        setup.close();
      }
    }
  }

  private void sync() {
    check();
    if (setup.durability() == Durability.FSYNC) {
      try {
        current.sync();
      } catch (EngineException e) {
        throw fail(e);
      }
      counters.syncs().increment();
    }
  }

  /**
   * Checks that writes are still taken.
   *
   * @throws EngineException when a write or a sync failed before
   */
  private void check() {
    EngineException cause = failure.get();
    if (cause != null) {
      throw new EngineException(String.valueOf(cause.getMessage()), cause);
    }
  }

  /** Stops writes and syncs for good, and returns the first failure. */
  private EngineException fail(EngineException cause) {
    EngineException first = failure.compareAndExchange(null, cause);
    return first == null ? cause : first;
  }

  @Override
  public @Nullable Entry get(Bytes key) {
    return get(key, true);
  }

  @Override
  public @Nullable Entry getIntact(Bytes key) {
    return get(key, false);
  }

  private @Nullable Entry get(Bytes key, boolean refusing) {
    RocksSwitch.Opened now = current.enter();
    try {
      if (refusing) {
        now.lostRanges().refuse(key);
      }
      return now.base().get(key);
    } catch (RocksDBException e) {
      throw failed(now, "can't read", e);
    } finally {
      now.leave();
    }
  }

  private EngineException failed(RocksSwitch.Opened now, String what, RocksDBException e) {
    EngineException told = RocksBase.failed(what, e);
    if (told instanceof DamageException) {
      current.damaged(now.base());
    }
    return told;
  }

  @Override
  public long write(List<Change> changes) {
    writing.lock();
    try {
      check();
      RocksSwitch.Opened now = current.enter();
      try {
        return write(now, changes);
      } finally {
        now.leave();
      }
    } finally {
      writing.unlock();
    }
  }

  private long write(RocksSwitch.Opened now, List<Change> changes) {
    try (var batch = new WriteBatch()) {
      long sequence = lastSequence + 1;
      for (Change change : changes) {
        now.base().put(batch, change, sequence);
      }
      now.base().putSequence(batch, sequence);
      now.base().db().write(unsynced, batch);
      lastSequence = sequence;
      commit.written(sequence);
      counters.writes().increment();
      counters.logBytes().add(batch.getDataSize());
      return sequence;
    } catch (RocksDBException e) {
      EngineException told = failed(now, "can't write", e);
      // RocksDB refuses writes once it has met damage in the background.
      throw told instanceof DamageException ? told : fail(told);
    }
  }

  @Override
  public void awaitDurable(long sequence) {
    try {
      commit.await(sequence);
    } catch (IOException e) {
      check();
      throw new EngineException("the log can't be synced: " + e.getMessage(), e);
    }
  }

  @Override
  public Cursor cursor(Bytes from, @Nullable Bytes to) {
    RocksSwitch.Opened now = current.enter();
    return new RocksCursor(now, from, to, null, e -> failed(now, "can't read", e));
  }

  @Override
  public EngineSnapshot snapshot() {
    return RocksSnapshot.of(current, this::failed);
  }

  @Override
  public Verified verify(Pace pace) {
    return new RocksVerification(current, counters, pace).run();
  }

  @Override
  public List<LostRange> lostRanges() {
    return current.lostRanges().all();
  }

  @Override
  public void markRepaired(Bytes from, @Nullable Bytes to) {
    current.markRepaired(from, to);
  }

  @Override
  public boolean isWhole() {
    return current.isWhole();
  }

  @Override
  public EngineCounters counters() {
    inUse.enter();
    try {
      setup.tell(TickerType.FLUSH_WRITE_BYTES, counters.flushedBytes());
      setup.tell(TickerType.COMPACT_WRITE_BYTES, counters.mergedBytes());
      setup.tell(TickerType.STALL_MICROS, counters.stallMicros());
      setup.tell(TickerType.BLOCK_CACHE_MISS, counters.blockReads());
    } finally {
      inUse.leave();
    }
    return counters;
  }

  @Override
  public void close() {
    if (!inUse.close(RocksSwitch.CLOSED)) {
      return;
    }
    try {
      current.close(failure.get() == null);
    } finally {
      unsynced.close();
      setup.close();
    }
  }
}
