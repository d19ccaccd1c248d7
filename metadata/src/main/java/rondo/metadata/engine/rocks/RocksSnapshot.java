package rondo.metadata.engine.rocks;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineSnapshot;
import rondo.ring.value.Bytes;

/**
 * A snapshot of RocksDB. It doesn't keep the database from being rebuilt or closed, and is gone
 * then. Thread-safe.
 */
final class RocksSnapshot implements EngineSnapshot {
  private final RocksSwitch current;
  private final RocksBase base;
  private final Snapshot snapshot;
  private final Failure failure;
  private boolean closed;

  /** Makes the exception to throw after a failed read. */
  @FunctionalInterface
  interface Failure {
    EngineException of(RocksSwitch.Opened opened, String what, RocksDBException e);
  }

  private RocksSnapshot(RocksSwitch current, RocksBase base, Snapshot snapshot, Failure failure) {
    this.current = current;
    this.base = base;
    this.snapshot = snapshot;
    this.failure = failure;
  }

  static RocksSnapshot of(RocksSwitch current, Failure failure) {
    RocksSwitch.Opened now = current.enter();
    try {
      return new RocksSnapshot(current, now.base(), now.base().db().getSnapshot(), failure);
    } finally {
      now.leave();
    }
  }

  @Override
  public synchronized Cursor cursor(Bytes from, @Nullable Bytes to) {
    RocksSwitch.Opened now = current.enter();
    if (closed || now.base() != base) {
      now.leave();
      throw new EngineException("the snapshot is closed");
    }
    return new RocksCursor(now, from, to, snapshot, e -> failure.of(now, "can't read", e));
  }

  /** A database that is closed has freed its snapshots. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    RocksSwitch.Opened now;
    try {
      now = current.enter();
    } catch (EngineException _) {
      return;
    }
    try {
      if (now.base() == base) {
        base.db().releaseSnapshot(snapshot);
      }
    } finally {
      now.leave();
    }
  }
}
