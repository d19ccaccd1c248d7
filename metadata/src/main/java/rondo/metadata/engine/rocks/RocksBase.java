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
 * A database of RocksDB's that is open. Whoever uses it {@link #enter}s first. Thread-safe.
 *
 * <pre>
 *   rows    column family "default": key to sequence:8 value
 *   engine  column family "engine": "sequence" to sequence:8      of the last write, written with it
 *                                   "holes" to ranges             of {@link LostRangeSet}; none at first
 * </pre>
 */
final class RocksBase implements AutoCloseable {
  private static final byte[] OWN = Bytes.utf8("engine").array();
  private static final byte[] SEQUENCE = Bytes.utf8("sequence").array();
  private static final byte[] HOLES = Bytes.utf8("holes").array();

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
   * Makes an empty one.
   *
   * @param path nothing is there yet
   */
  static RocksBase create(Path path, RocksSetup setup) {
    return new RocksBase(path, setup, true, true);
  }

  /**
   * Opens one that is there.
   *
   * @throws DamageException when it isn't as it was left
   * @throws EngineException when it is in use, or can't be read or written
   */
  static RocksBase open(Path path, RocksSetup setup) throws IOException {
    // RocksDB itself doesn't miss one.
    if (RocksLog.files(path).isEmpty()) {
      throw new DamageException(path + " has no log");
    }
    return new RocksBase(path, setup, true, false);
  }

  /**
   * Opens what is left of one; not to be used, but to be looked at.
   *
   * @throws EngineException when nothing is left of it
   */
  static RocksBase openLeft(Path path, RocksSetup setup) {
    return new RocksBase(path, setup, false, false);
  }

  /** A {@link DamageException} when it is the files' fault, and may be found again. */
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
   * Keeps it open until {@link #leave}.
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

  /** The one that a row's value begins with. */
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

  /** Of the last write; 0 when there was none. */
  long sequence() throws RocksDBException {
    byte[] last = db.get(own(), SEQUENCE);
    return last == null ? 0 : sequence(last);
  }

  void putSequence(WriteBatch batch, long sequence) throws RocksDBException {
    batch.put(own(), SEQUENCE, prefixed(sequence, Bytes.EMPTY));
  }

  LostRangeSet lostRanges() throws RocksDBException {
    byte[] found = db.get(own(), HOLES);
    return found == null ? LostRangeSet.NONE : LostRangeSet.read(ByteBuffer.wrap(found));
  }

  void putLostRanges(WriteBatch batch, LostRangeSet lostRanges) throws RocksDBException {
    var bytes = ByteBuffer.allocate(lostRanges.bytes());
    lostRanges.write(bytes);
    batch.put(own(), HOLES, bytes.array());
  }

  /** Returns when all that was written is in files of rows, on stable storage. */
  void flush() throws RocksDBException {
    try (var wait = new FlushOptions().setWaitForFlush(true)) {
      db.flush(wait, handles);
    }
  }

  /** Lets nobody in any more and returns when the last one has left; false after the first call. */
  boolean shut(String why) {
    return inUse.close(why);
  }

  /** Lets all in again who were kept out since {@link #shut}. */
  void unshut() {
    inUse.open();
  }

  boolean isClosed() {
    return closed;
  }

  /** The caller has {@link #shut} it, or is the only one who knows it. */
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
