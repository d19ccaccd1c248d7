package rondo.metadata.engine.rocks;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRange;
import rondo.ring.value.Bytes;

/**
 * A cursor over a snapshot of RocksDB, taken when it is opened; it throws where a lost range
 * begins.
 */
final class RocksCursor implements Cursor {
  private final RocksSwitch.Opened opened;
  private final ReadOptions options = new ReadOptions();
  private final @Nullable Bytes to;
  private final @Nullable Slice end;
  private final RocksIterator iterator;
  private final Function<RocksDBException, EngineException> failed;

  /** All keys below this one were returned or skipped. */
  private Bytes passed;

  private boolean closed;

  /**
   * @param opened the database; left when this is closed
   * @param snapshot of the database; null for one of its own
   * @param failed makes the exception to throw after a failed read
   */
  RocksCursor(
      RocksSwitch.Opened opened,
      Bytes from,
      @Nullable Bytes to,
      @Nullable Snapshot snapshot,
      Function<RocksDBException, EngineException> failed) {
    this.opened = opened;
    this.failed = failed;
    this.passed = from;
    this.to = to;
    this.end = to == null ? null : new Slice(to.array());
    if (end != null) {
      options.setIterateUpperBound(end);
    }
    if (snapshot != null) {
      options.setSnapshot(snapshot);
    }
    this.iterator = opened.base().db().newIterator(opened.base().rows(), options);
    if (to == null || from.compareTo(to) < 0) {
      iterator.seek(from.array());
    }
  }

  @Override
  public Engine.@Nullable Entry next() {
    if (!iterator.isValid()) {
      check();
      if (to == null || passed.compareTo(to) < 0) {
        opened.lostRanges().refuse(passed, to);
      }
      return null;
    }
    Bytes key = Bytes.wrap(iterator.key());
    Bytes behind = LostRange.behind(key);
    opened.lostRanges().refuse(passed, behind);
    passed = behind;
    Engine.Entry entry = RocksBase.entry(key, iterator.value());
    iterator.next();
    return entry;
  }

  private void check() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw failed.apply(e);
    }
  }

  @Override
  public void seek(Bytes key) {
    if (iterator.isValid() && Bytes.wrap(iterator.key()).compareTo(key) < 0) {
      iterator.seek(key.array());
    }
    passed = passed.compareTo(key) < 0 ? key : passed;
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
    opened.leave();
  }
}
