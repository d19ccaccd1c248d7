package rondo.metadata.engine;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.Status;
import org.rocksdb.TickerType;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import rondo.ring.register.Bytes;

/**
 * An engine in a folder, over RocksDB: another program, with other mistakes, so that replicas of
 * one partition may stand on two of them. After a failed write or sync it takes no more writes
 * until it is opened again.
 *
 * <pre>
 *   rows    column family "default": key to sequence:8 value
 *   engine  column family "engine": "sequence" to sequence:8      of the last write, written with it
 * </pre>
 */
public final class RocksEngine implements Engine {
  private static final byte[] SEQUENCE = {'s', 'e', 'q', 'u', 'e', 'n', 'c', 'e'};

  private final RocksFolder folder;
  private final RocksDB db;
  private final ColumnFamilyHandle rows;
  private final ColumnFamilyHandle own;
  private final WriteOptions unsynced = new WriteOptions();
  private final EngineCounters counters = EngineCounters.zero();
  private final ReentrantLock writing = new ReentrantLock();
  private final GroupSync syncs;
  private final InUse inUse = new InUse();

  /** What the last readings found, by file: reads of what is damaged there fail, others don't. */
  private final Map<String, Hole> holes = new ConcurrentHashMap<>();

  private long lastSequence;

  private RocksEngine(
      RocksFolder folder, RocksDB db, List<ColumnFamilyHandle> families, Durability durability)
      throws RocksDBException {
    this.folder = folder;
    this.db = db;
    this.rows = families.getFirst();
    this.own = families.getLast();
    byte[] last = db.get(own, SEQUENCE);
    this.lastSequence = last == null ? 0 : ByteBuffer.wrap(last).getLong();
    this.syncs = new GroupSync(lastSequence, () -> sync(durability));
  }

  /**
   * Opens the engine of {@code path}, which is made when it isn't there.
   *
   * @throws EngineException when it is in use, can't be read or written, or is damaged
   */
  public static RocksEngine open(Path path, EngineOptions options) {
    var folder = new RocksFolder(options);
    boolean opened = false;
    try {
      var families = new ArrayList<ColumnFamilyHandle>();
      RocksDB db = folder.open(path, families);
      var engine = new RocksEngine(folder, db, families, options.durability());
      opened = true;
      return engine;
    } catch (RocksDBException e) {
      throw new EngineException("can't open " + path + ": " + e.getMessage(), e);
    } finally {
      if (!opened) {
        folder.close();
      }
    }
  }

  private void sync(Durability durability) {
    inUse.enter();
    try {
      if (durability == Durability.FSYNC) {
        db.syncWal();
        counters.syncs().increment();
      }
    } catch (RocksDBException e) {
      throw new EngineException("the log can't be synced: " + e.getMessage(), e);
    } finally {
      inUse.leave();
    }
  }

  @Override
  public @Nullable Entry get(Bytes key) {
    inUse.enter();
    try {
      byte[] found = db.get(rows, key.array());
      return found == null ? null : entry(key, found);
    } catch (RocksDBException e) {
      noteCorruption(key, e);
      throw new EngineException("can't read: " + e.getMessage(), e);
    } finally {
      inUse.leave();
    }
  }

  /** The first read that failed stands for all: the next reading of everything says where. */
  private void noteCorruption(Bytes key, RocksDBException e) {
    Status status = e.getStatus();
    if (status != null && status.getCode() == Status.Code.Corruption) {
      holes.putIfAbsent("", new Hole(key, Hole.behind(key), System.currentTimeMillis()));
    }
  }

  static Entry entry(Bytes key, byte[] found) {
    Bytes value = Bytes.wrap(found).slice(Long.BYTES, found.length);
    return new Entry(key, value, ByteBuffer.wrap(found).getLong());
  }

  @Override
  public long write(List<Change> changes) {
    inUse.enter();
    writing.lock();
    try (var batch = new WriteBatch()) {
      syncs.check();
      long sequence = lastSequence + 1;
      for (Change change : changes) {
        add(batch, change, sequence);
      }
      batch.put(own, SEQUENCE, prefixed(sequence, Bytes.EMPTY));
      db.write(unsynced, batch);
      lastSequence = sequence;
      syncs.written(sequence);
      counters.writes().increment();
      counters.logBytes().add(batch.getDataSize());
      return sequence;
    } catch (RocksDBException e) {
      throw syncs.fail(new EngineException("can't write: " + e.getMessage(), e));
    } finally {
      writing.unlock();
      inUse.leave();
    }
  }

  private void add(WriteBatch batch, Change change, long sequence) throws RocksDBException {
    Bytes value = change.value();
    if (value == null) {
      batch.delete(rows, change.key().array());
    } else {
      batch.put(rows, change.key().array(), prefixed(sequence, value));
    }
  }

  private static byte[] prefixed(long sequence, Bytes value) {
    var bytes = ByteBuffer.allocate(Long.BYTES + value.length());
    return bytes.putLong(sequence).put(value.array()).array();
  }

  @Override
  public void awaitDurable(long sequence) {
    syncs.await(sequence);
  }

  @Override
  public Cursor cursor(Bytes from, @Nullable Bytes to) {
    inUse.enter();
    return new RocksCursor(db, rows, from, to, inUse::leave);
  }

  /** One file at a time: RocksDB verifies its blocks' own checksums. */
  @Override
  public Verified verify(Pace pace) {
    inUse.enter();
    try {
      long bytes = 0;
      holes.clear();
      var damaged = new ArrayList<String>();
      for (LiveFileMetaData file : db.getLiveFilesMetaData()) {
        if (!pace.spend(file.size())) {
          break;
        }
        bytes += file.size();
        verify(file, damaged);
      }
      return new Verified(bytes, damaged);
    } finally {
      inUse.leave();
    }
  }

  private void verify(LiveFileMetaData meta, List<String> damaged) {
    String file = meta.path() + meta.fileName();
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(file);
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      if (Files.exists(Path.of(file))) { // else it was merged into another one meanwhile
        counters.damaged().increment();
        damaged.add(file + " is damaged: " + e.getMessage());
        Bytes to = Hole.behind(Bytes.wrap(meta.largestKey()));
        holes.putIfAbsent(
            file, new Hole(Bytes.wrap(meta.smallestKey()), to, System.currentTimeMillis()));
      }
    }
  }

  @Override
  public List<Hole> holes() {
    return List.copyOf(holes.values());
  }

  /** A damaged file of RocksDB's stays as it is, so that every read of it goes on failing. */
  @Override
  public @Nullable Entry known(Bytes key) {
    return get(key);
  }

  @Override
  public void mended(Bytes from, @Nullable Bytes to) {
    throw new EngineException("what RocksDB lost can't be mended in place");
  }

  @Override
  public boolean isWhole() {
    return holes.isEmpty();
  }

  @Override
  public boolean mends() {
    return false;
  }

  @Override
  public EngineCounters counters() {
    inUse.enter();
    try {
      folder.tell(TickerType.FLUSH_WRITE_BYTES, counters.flushedBytes());
      folder.tell(TickerType.COMPACT_WRITE_BYTES, counters.mergedBytes());
      folder.tell(TickerType.STALL_MICROS, counters.stallMicros());
      folder.tell(TickerType.BLOCK_CACHE_MISS, counters.blockReads());
    } finally {
      inUse.leave();
    }
    return counters;
  }

  @Override
  public void close() {
    if (!inUse.close()) {
      return;
    }
    try {
      if (!syncs.failed()) {
        db.syncWal();
      }
    } catch (RocksDBException e) {
      throw new EngineException("can't close the engine: " + e.getMessage(), e);
    } finally {
      rows.close();
      own.close();
      db.close();
      unsynced.close();
      folder.close();
    }
  }
}
