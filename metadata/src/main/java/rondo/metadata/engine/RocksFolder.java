package rondo.metadata.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.IndexType;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Statistics;
import org.rocksdb.StatsLevel;
import org.rocksdb.TickerType;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.util.Environment;

/**
 * How RocksDB is set up, in memory outside of Java's that is bounded like that of our own engine.
 */
final class RocksFolder implements AutoCloseable {
  private static final int FILTER_BITS_PER_KEY = 10;
  private static final int MOST_MEMTABLES = 3;
  private static final byte[] OWN = "engine".getBytes(StandardCharsets.UTF_8);

  private final LRUCache cache;
  private final BloomFilter filter;
  private final Statistics statistics;
  private final ColumnFamilyOptions families;
  private final DBOptions options;

  RocksFolder(EngineOptions chosen) {
    load();
    cache = new LRUCache(chosen.cacheBytes());
    filter = new BloomFilter(FILTER_BITS_PER_KEY, false);
    statistics = new Statistics();
    statistics.setStatsLevel(StatsLevel.EXCEPT_DETAILED_TIMERS);
    families =
        new ColumnFamilyOptions()
            .setWriteBufferSize(chosen.memtableBytes())
            .setMaxWriteBufferNumber(MOST_MEMTABLES)
            .setCompressionType(CompressionType.NO_COMPRESSION)
            .setTargetFileSizeBase(chosen.checkpointBytes())
            .setLevelCompactionDynamicLevelBytes(true)
            .setTableFormatConfig(
                new BlockBasedTableConfig()
                    .setBlockCache(cache)
                    .setFilterPolicy(filter)
                    .setCacheIndexAndFilterBlocks(true)
                    // In pieces: those of a whole file are larger than what the cache has for them.
                    .setIndexType(IndexType.kTwoLevelIndexSearch)
                    .setPartitionFilters(true)
                    .setPinTopLevelIndexAndFilter(true));
    options =
        new DBOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setStatistics(statistics)
            .setParanoidChecks(true)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(2)
            .setMaxBgErrorResumeCount(0)
            // A torn tail was never acknowledged; anything else that is missing is an error.
            .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords);
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
   * @param handles gets those of the rows and of the engine's own, in this order
   */
  RocksDB open(Path path, List<ColumnFamilyHandle> handles) throws RocksDBException {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new EngineException("can't make " + path + ": " + e.getMessage(), e);
    }
    var described =
        List.of(
            new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, families),
            new ColumnFamilyDescriptor(OWN, families));
    return RocksDB.open(options, path.toString(), described, handles);
  }

  /** Sets {@code counter} to what RocksDB counts. */
  void tell(TickerType what, LongAdder counter) {
    synchronized (counter) {
      counter.add(statistics.getTickerCount(what) - counter.sum());
    }
  }

  @Override
  public void close() {
    options.close();
    families.close();
    statistics.close();
    filter.close();
    cache.close();
  }
}
