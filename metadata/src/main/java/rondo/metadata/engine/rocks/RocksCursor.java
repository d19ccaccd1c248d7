package rondo.metadata.engine.rocks;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRange;
import rondo.ring.value.Bytes;

/**
 * A walk through RocksDB, as it was when the walk began; it ends with an exception where a lost
 * range begins.
 */
final class RocksCursor implements Cursor {
  private final RocksSwitch.Opened opened;
  private final ReadOptions options = new ReadOptions();
  private final @Nullable Bytes to;
  private final @Nullable Slice end;
  private final RocksIterator iterator;
  private final Function<RocksDBException, EngineException> failed;

  /** Up to here all is told, or was passed over. */
  private Bytes told;

  private boolean closed;

  /**
   * @param opened is left when this is closed
   * @param failed what to throw when it can't be read
   */
  RocksCursor(
      RocksSwitch.Opened opened,
      Bytes from,
      @Nullable Bytes to,
      Function<RocksDBException, EngineException> failed) {
    this.opened = opened;
    this.failed = failed;
    this.told = from;
    this.to = to;
    this.end = to == null ? null : new Slice(to.array());
    if (end != null) {
      options.setIterateUpperBound(end);
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
      if (to == null || told.compareTo(to) < 0) {
        opened.lostRanges().refuse(told, to);
      }
      return null;
    }
    Bytes key = Bytes.wrap(iterator.key());
    Bytes behind = LostRange.behind(key);
    opened.lostRanges().refuse(told, behind);
    told = behind;
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
    told = told.compareTo(key) < 0 ? key : told;
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
