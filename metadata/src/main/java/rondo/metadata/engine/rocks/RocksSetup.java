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
 * The settings of RocksDB. They bound its memory outside the Java heap as {@link EngineOptions}
 * bounds the memory of the log-structured engine.
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

  /**
   * Loads RocksDB. Its Java part is in every build, the native library only in those for some
   * systems.
   */
  private static void load() {
    String library = Environment.getJniLibraryFileName("rocksdb");
    if (RocksDB.class.getClassLoader().getResource(library) == null) {
      throw new EngineException("RocksDB isn't there for this system: there is no " + library);
    }
    RocksDB.loadLibrary();
  }

  /**
   * Returns the options of the column families; the caller closes them after the database.
   *
   * @param strict false for a database that is only salvaged
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
                // Partitioned: the index and the filter of a whole file are larger than the cache
                // has room for.
                .setIndexType(IndexType.kTwoLevelIndexSearch)
                .setPartitionFilters(true)
                .setPinTopLevelIndexAndFilter(true));
  }

  /**
   * Returns the options of the database; the caller closes them after the database.
   *
   * @param strict whether every file that is read at the opening must be whole, except for a torn
   *     tail of the log, which was never acknowledged
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

  /** Sets {@code counter} to a counter of RocksDB. */
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
