package rondo.metadata.engine.rocks;

import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import rondo.metadata.engine.LostRangeSet;

/** Fills a fresh database, which is valid only after {@link #finish}. For one thread. */
final class RocksCopy implements AutoCloseable {
  private static final long BATCH_BYTES = 1 << 20;

  private final RocksBase into;
  private final Runnable check;
  private final WriteOptions unlogged = new WriteOptions().setDisableWAL(true);
  private final WriteBatch batch = new WriteBatch();
  private long sequence;

  /**
   * @param into the fresh database; the caller closes it
   * @param check throws when the copy is to be given up
   */
  RocksCopy(RocksBase into, Runnable check) {
    this.into = into;
    this.check = check;
  }

  /** Adds a row, in any order; it replaces a row with its key that was added before. */
  void take(byte[] key, byte[] value) throws RocksDBException {
    batch.put(into.rows(), key, value);
    sequence = Math.max(sequence, RocksBase.sequence(value));
    if (batch.getDataSize() >= BATCH_BYTES) {
      settle();
    }
  }

  /** Adds a row, unless a newer one with its key was added before {@link #settle}. */
  void takeNewer(byte[] key, byte[] value) throws RocksDBException {
    byte[] there = into.db().get(into.rows(), key);
    if (there == null || RocksBase.sequence(there) < RocksBase.sequence(value)) {
      take(key, value);
    }
  }

  /** Makes the rows added so far visible to {@link #takeNewer}. */
  void settle() throws RocksDBException {
    check.run();
    into.db().write(unlogged, batch);
    batch.clear();
  }

  /**
   * Completes the copy, and returns once all of it is on stable storage.
   *
   * @param last at least the highest sequence number of a write that isn't in a row
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
