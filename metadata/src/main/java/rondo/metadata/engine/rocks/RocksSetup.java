package rondo.metadata.engine.rocks;

import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.util.Environment;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;

/**
 * How RocksDB is set up, in memory outside of Java's that is bounded like that of our own engine.
 */
final class RocksSetup implements AutoCloseable {
  private static final int FILTER_BITS_PER_KEY = 10;
  private static final int MOST_MEMTABLES = 3;

  private final EngineOptions chosen;
  private final LRUCache cache;
  private final BloomFilter filter;
  private final Statistics statistics;

  RocksSetup(EngineOptions chosen) {
    load();
    this.chosen = chosen;
    cache = new LRUCache(chosen.cacheBytes());
    filter = new BloomFilter(FILTER_BITS_PER_KEY, false);
    statistics = new Statistics();
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
  }

  /** Java's part of RocksDB is everywhere, the rest is built for each system. */
  private static void load() {
    String library = Environment.getJniLibraryFileName("rocksdb");
    if (RocksDB.class.getClassLoader().getResource(library) == null) {
      throw new EngineException("RocksDB isn't there for this system: there is no " + library);
    }
    RocksDB.loadLibrary();
  }

  /**
   * The caller closes them, after the database.
   *
   * @param strict whether it is in use, not looked at for what is left of it
   */
  ColumnFamilyOptions families(boolean strict) {
    return new ColumnFamilyOptions()
        .setWriteBufferSize(chosen.memtableBytes())
        .setMaxWriteBufferNumber(MOST_MEMTABLES)
        .setCompressionType(CompressionType.NO_COMPRESSION)
        .setTargetFileSizeBase(chosen.checkpointBytes())
        .setLevelCompactionDynamicLevelBytes(true)
        .setDisableAutoCompactions(!strict)
        .setTableFormatConfig(
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setFilterPolicy(filter)
                .setCacheIndexAndFilterBlocks(true)
                // In pieces: those of a whole file are larger than what the cache has for them.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true));
  }

  /**
   * The caller closes them, after the database.
   *
   * @param strict whether all has to be whole that is read when it is opened, but for a torn tail
   *     of the log, which was never acknowledged
   */
  DBOptions options(boolean strict) {
    return new DBOptions()
        .setStatistics(statistics)
        .setParanoidChecks(strict)
        .setWalRecoveryMode(
            strict
                ? WALRecoveryMode.TolerateCorruptedTailRecords
                : WALRecoveryMode.SkipAnyCorruptedRecords)
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setKeepLogFileNum(2)
        .setMaxBgErrorResumeCount(0);
  }

  Durability durability() {
    return chosen.durability();
  }

  /** Sets {@code counter} to what RocksDB counts. */
  void tell(TickerType what, LongAdder counter) {
    synchronized (counter) {
      counter.add(statistics.getTickerCount(what) - counter.sum());
    }
  }

  @Override
  public void close() {
    statistics.close();
    filter.close();
    cache.close();
  }
}
