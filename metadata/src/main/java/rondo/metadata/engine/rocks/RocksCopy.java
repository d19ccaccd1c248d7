package rondo.metadata.engine.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import rondo.metadata.engine.LostRangeSet;

/** Fills a fresh database, which counts for nothing before {@link #finish}. For one thread. */
final class RocksCopy implements AutoCloseable {
  private static final long BATCH_BYTES = 1 << 20;

  private final RocksBase into;
  private final Runnable check;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final WriteBatch batch = new WriteBatch();
  private long sequence;

  /**
   * @param into is closed by the caller
   * @param check throws when there is no point in going on
   */
  RocksCopy(RocksBase into, Runnable check) {
    this.into = into;
    this.check = check;
  }

  /** Takes a row, in any order; it replaces one of its key that was taken before. */
  void take(byte[] key, byte[] value) throws RocksDBException {
    batch.put(into.rows(), key, value);
    sequence = Math.max(sequence, RocksBase.sequence(value));
    if (batch.getDataSize() >= BATCH_BYTES) {
      settle();
    }
  }

  /** Takes a row, unless a newer one of its key was taken before {@link #settle}. */
  void takeNewer(byte[] key, byte[] value) throws RocksDBException {
    byte[] there = into.db().get(into.rows(), key);
    if (there == null || RocksBase.sequence(there) < RocksBase.sequence(value)) {
      take(key, value);
    }
  }

  /** What was taken is known to {@link #takeNewer} from now on. */
  void settle() throws RocksDBException {
    check.run();
    into.db().write(unlogged, batch);
    batch.clear();
  }

  /**
   * Returns when all of it is on stable storage.
   *
   * @param last no sequence number of a write was higher than this, or than that of any row
   */
  void finish(LostRangeSet lostRanges, long last) throws RocksDBException {
    into.putSequence(batch, Math.max(sequence, last));
    into.putLostRanges(batch, lostRanges);
    settle();
    into.flush();
  }

  @Override
  public void close() {
    batch.close();
    unlogged.close();
  }
}
