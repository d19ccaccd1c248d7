package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.LostRangeSet;
import rondo.ring.value.Bytes;

/**
 * An open database of RocksDB. A thread that uses it calls {@link #enter} first and {@link #leave}
 * afterwards. Thread-safe.
 *
 * <pre>
 *   rows    column family "default": key to sequence:8 value
 *   engine  column family "engine": "sequence" to sequence:8  of the last write, in the same batch
 *                                   "holes" to ranges         {@link LostRangeSet}; none at first
 * </pre>
 */
final class RocksBase implements AutoCloseable {
  private static final byte[] OWN = Bytes.utf8("engine").array();
  private static final byte[] SEQUENCE = Bytes.utf8("sequence").array();
  private static final byte[] LOST_RANGES = Bytes.utf8("holes").array();

  private final Path path;
  private final DBOptions options;
  private final ColumnFamilyOptions tables;
  private final List<ColumnFamilyHandle> handles = new ArrayList<>();
  private final UseGate inUse = new UseGate();
  private final RocksDB db;
  private boolean closed;

  private RocksBase(Path path, RocksSetup setup, boolean strict, boolean create) {
    this.path = path;
    this.options = setup.options(strict);
    this.tables = setup.families(strict);
    try {
      options.setCreateIfMissing(create).setCreateMissingColumnFamilies(create);
      this.db = RocksDB.open(options, path.toString(), described(tables), handles);
    } catch (RocksDBException e) {
      tables.close();
      options.close();
      throw failed("can't open " + path, e);
    }
  }

  private static List<ColumnFamilyDescriptor> described(ColumnFamilyOptions options) {
    return List.of(
        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options),
        new ColumnFamilyDescriptor(OWN, options));
  }

  /**
   * Creates an empty database.
   *
   * @param path must not exist yet
   */
  static RocksBase create(Path path, RocksSetup setup) {
    return new RocksBase(path, setup, true, true);
  }

  /**
   * Opens an existing database.
   *
   * @throws DamageException when its files are damaged
   * @throws EngineException when it is in use, or can't be read or written
   */
  static RocksBase open(Path path, RocksSetup setup) throws IOException {
    // RocksDB itself doesn't notice a missing log.
    if (RocksLog.files(path).isEmpty()) {
      throw new DamageException(path + " has no log");
    }
    return new RocksBase(path, setup, true, false);
  }

  /**
   * Opens the remains of a damaged database, for salvage only.
   *
   * @throws EngineException when nothing of it can be opened
   */
  static RocksBase openLeft(Path path, RocksSetup setup) {
    return new RocksBase(path, setup, false, false);
  }

  /**
   * Translates an exception: to a {@link DamageException} when the files are at fault and the error
   * may be met again.
   */
  static EngineException failed(String what, RocksDBException e) {
    String message = what + ": " + e.getMessage();
    return isDamage(e) ? new DamageException(message, e) : new EngineException(message, e);
  }

  private static boolean isDamage(RocksDBException e) {
    Status status = e.getStatus();
    String message = String.valueOf(e.getMessage());
    return (status != null && status.getCode() == Status.Code.Corruption)
        || message.contains("No such file")
        || message.contains("does not exist");
  }

  /**
   * Keeps the database open until {@link #leave}.
   *
   * @throws EngineException when it is closed
   */
  void enter() {
    inUse.enter();
  }

  void leave() {
    inUse.leave();
  }

  Path path() {
    return path;
  }

  RocksDB db() {
    return db;
  }

  ColumnFamilyHandle rows() {
    return handles.getFirst();
  }

  private ColumnFamilyHandle own() {
    return handles.getLast();
  }

  Engine.@Nullable Entry get(Bytes key) throws RocksDBException {
    byte[] found = db.get(rows(), key.array());
    return found == null ? null : entry(key, found);
  }

  static Engine.Entry entry(Bytes key, byte[] found) {
    Bytes value = Bytes.wrap(found).slice(Long.BYTES, found.length);
    return new Engine.Entry(key, value, sequence(found));
  }

  /** Returns the sequence number that a row's value begins with. */
  static long sequence(byte[] found) {
    return ByteBuffer.wrap(found).getLong();
  }

  void put(WriteBatch batch, Engine.Change change, long sequence) throws RocksDBException {
    Bytes value = change.value();
    if (value == null) {
      batch.delete(rows(), change.key().array());
    } else {
      batch.put(rows(), change.key().array(), prefixed(sequence, value));
    }
  }

  private static byte[] prefixed(long sequence, Bytes value) {
    var bytes = ByteBuffer.allocate(Long.BYTES + value.length());
    return bytes.putLong(sequence).put(value.array()).array();
  }

  /** Returns the sequence number of the last write; 0 when there was none. */
  long sequence() throws RocksDBException {
    byte[] last = db.get(own(), SEQUENCE);
    return last == null ? 0 : sequence(last);
  }

  void putSequence(WriteBatch batch, long sequence) throws RocksDBException {
    batch.put(own(), SEQUENCE, prefixed(sequence, Bytes.EMPTY));
  }

  LostRangeSet lostRanges() throws RocksDBException {
    byte[] found = db.get(own(), LOST_RANGES);
    return found == null ? LostRangeSet.NONE : LostRangeSet.read(ByteBuffer.wrap(found));
  }

  void putLostRanges(WriteBatch batch, LostRangeSet lostRanges) throws RocksDBException {
    var bytes = ByteBuffer.allocate(lostRanges.bytes());
    lostRanges.write(bytes);
    batch.put(own(), LOST_RANGES, bytes.array());
  }

  /** Returns once all writes are in files of rows, on stable storage. */
  void flush() throws RocksDBException {
    try (var wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait, handles);
    }
  }

  /**
   * Refuses new users, and returns once the last user has left; false unless this is the first
   * call.
   *
   * @param why the message for users who come later
   */
  boolean shut(String why) {
    return inUse.close(why);
  }

  /** Undoes {@link #shut}. */
  void unshut() {
    inUse.open();
  }

  boolean isClosed() {
    return closed;
  }

  /** Closes the database, which the caller has {@link #shut} or is the only one to know. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    handles.forEach(ColumnFamilyHandle::close);
    db.close();
    tables.close();
    options.close();
  }
}
