package rondo.metadata.engine.rocks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.rocksdb.AbstractRocksIterator;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;
import rondo.metadata.engine.LostRange;
import rondo.ring.value.Bytes;

/**
 * A walk through the readable rows of a range, upwards from its start or downwards from its end, up
 * to the first damage. For one thread.
 */
final class RocksWalk implements AutoCloseable {
  private final ReadOptions options = new ReadOptions().setFillCache(false);
  private final Slice start;
  private final @Nullable Slice end;
  private final AbstractRocksIterator<?> iterator;
  private final Supplier<byte[]> key;
  private final Supplier<byte[]> value;

  /** Gets each row. */
  interface Sink {
    void take(byte[] key, byte[] value) throws RocksDBException;
  }

  /**
   * The place where a walk ended.
   *
   * @param last key that was read; null when there was none
   * @param damaged whether damage ended the walk, so that rows behind {@code last} may be missing
   */
  record Reached(@Nullable Bytes last, boolean damaged) {
    /** Returns the least key behind an upward walk that began at {@code from}. */
    Bytes behind(Bytes from) {
      return last == null ? from : LostRange.behind(last);
    }
  }

  /**
   * Walks through all files of a database together.
   *
   * @param from inclusive
   * @param to exclusive; null for the end
   */
  RocksWalk(RocksBase base, Bytes from, @Nullable Bytes to) {
    start = new Slice(from.array());
    end = to == null ? null : new Slice(to.array());
    bound();
    RocksIterator rows = base.db().newIterator(base.rows(), options);
    iterator = rows;
    key = rows::key;
    value = rows::value;
  }

  /** Walks through one file; removals in newer files are unknown here. */
  RocksWalk(SstFileReader file, Bytes from, @Nullable Bytes to) {
    start = new Slice(from.array());
    end = to == null ? null : new Slice(to.array());
    bound();
    SstFileReaderIterator rows = file.newIterator(options);
    iterator = rows;
    key = rows::key;
    value = rows::value;
  }

  private void bound() {
    options.setIterateLowerBound(start);
    if (end != null) {
      options.setIterateUpperBound(end);
    }
  }

  /** Walks upwards to the end of the range or the first damage. */
  Reached up(Sink sink) throws RocksDBException {
    return walk(iterator::seekToFirst, iterator::next, sink);
  }

  /** Walks downwards to the start of the range or the first damage. */
  Reached down(Sink sink) throws RocksDBException {
    return walk(iterator::seekToLast, iterator::prev, sink);
  }

  private Reached walk(Runnable begin, Runnable step, Sink sink) throws RocksDBException {
    Bytes last = null;
    for (begin.run(); iterator.isValid(); step.run()) {
      byte[] at = key.get();
      sink.take(at, value.get());
      last = Bytes.wrap(at);
    }
    return new Reached(last, isDamaged());
  }

  /** An error of the disk counts as damage too. */
  private boolean isDamaged() {
    try {
      iterator.status();
      return false;
    } catch (RocksDBException _) {
      return true;
    }
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    start.close();
    if (end != null) {
      end.close();
    }
  }
}
