package rondo.metadata.engine;

import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import rondo.ring.register.Bytes;

/** A walk through RocksDB, as it was when the walk began. */
final class RocksCursor implements Cursor {
  private final ReadOptions options = new ReadOptions();
  private final @Nullable Slice end;
  private final RocksIterator iterator;
  private final Runnable whenClosed;
  private boolean closed;

  RocksCursor(
      RocksDB db, ColumnFamilyHandle rows, Bytes from, @Nullable Bytes to, Runnable whenClosed) {
    this.whenClosed = whenClosed;
    this.end = to == null ? null : new Slice(to.array());
    if (end != null) {
      options.setIterateUpperBound(end);
    }
    this.iterator = db.newIterator(rows, options);
    if (to == null || from.compareTo(to) < 0) {
      iterator.seek(from.array());
    }
  }

  @Override
  public Engine.@Nullable Entry next() {
    if (!iterator.isValid()) {
      check();
      return null;
    }
    Engine.Entry entry = RocksEngine.entry(Bytes.wrap(iterator.key()), iterator.value());
    iterator.next();
    return entry;
  }

  private void check() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new EngineException("can't read: " + e.getMessage(), e);
    }
  }

  @Override
  public void seek(Bytes key) {
    if (iterator.isValid() && Bytes.wrap(iterator.key()).compareTo(key) < 0) {
      iterator.seek(key.array());
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    iterator.close();
    options.close();
    if (end != null) {
      end.close();
    }
    whenClosed.run();
  }
}
