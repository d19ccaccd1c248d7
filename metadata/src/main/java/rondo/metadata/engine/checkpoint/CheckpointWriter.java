package rondo.metadata.engine.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.SortedTableMap;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.block.BlockSums;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.metadata.engine.table.BytesSerializer;
import rondo.metadata.engine.table.IndexWriter;
import rondo.metadata.engine.table.TableWriter;
import rondo.ring.value.Bytes;

/** Writes one checkpoint. For one thread. */
public final class CheckpointWriter implements AutoCloseable {
  /**
   * A larger value is kept apart from the table: it would cost a search more than a second read
   * does.
   */
  private static final int MOST_BYTES_HERE = 1024;

  /** One block, so that a search reads one block of the table and finds a whole page in it. */
  private static final int PAGE_BYTES = BlockSums.BLOCK_BYTES;

  /**
   * Slots in a group. MapDB doesn't split groups, and a page must have room for three of the
   * largest slots. Smaller groups need more offsets; with larger ones a page ends earlier, on
   * average by half a group.
   */
  private static final int GROUP = 2;

  /** A bound on memory: the hash of each row is kept while a table is written. */
  private static final int MOST_ROWS = 1 << 20;

  private static final int BUFFER_BYTES = 1 << 18;

  private final CheckpointFiles files;
  private final DiskFile table;
  private final TableWriter volume;
  private final SortedTableMap.Sink<Bytes, Bytes> sink;
  private final IndexWriter index;
  private final DiskFile values;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final BlockSums valuesSums = new BlockSums();
  private long[] hashes = new long[1024];
  private long drained;
  private long valuesBytes;
  private long tableBytes;
  private long removed;
  private int rows;
  private @Nullable Bytes first;
  private Bytes last = Bytes.EMPTY;

  private CheckpointWriter(CheckpointFiles files) throws IOException {
    this.files = files;
    this.table = files.disk().create(files.table());
    this.values = files.disk().create(files.values());
    this.index = new IndexWriter(files.disk().create(files.index()));
    this.volume = new TableWriter(table, page -> index.page(page.first(), page.last()));
    this.sink =
        SortedTableMap.create(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE)
            .pageSize(PAGE_BYTES)
            .nodeSize(GROUP)
            .createFromSink();
    append(
        ByteBuffer.allocate(CheckpointFiles.VALUES_HEAD_BYTES)
            .putLong(CheckpointFiles.VALUES_MAGIC)
            .putInt(CheckpointFiles.VALUES_VERSION)
            .rewind());
  }

  /**
   * Writes the slots of {@code source}, as many as fit, and returns once all but the files' names
   * are on stable storage.
   *
   * @param purge leaves removed keys out, as no older slots are left that they hide
   * @param mostBytes approximate bound on the checkpoint's size
   * @return false when no slot was left to write: there are no files then
   */
  public static boolean write(
      CheckpointFiles files, SlotSource source, boolean purge, long mostBytes) throws IOException {
    boolean written = false;
    try (var writer = new CheckpointWriter(files)) {
      for (Bytes key = source.key(); key != null && writer.isBelow(mostBytes); key = source.key()) {
        writer.put(key, source.slot(), purge);
        source.advance();
      }
      if (writer.rows > 0) {
        writer.finish();
        written = true;
      }
      return written;
    } catch (UncheckedIOException | DBException e) {
      throw new IOException(files.path(files.table()) + ": " + e.getMessage(), e);
    } finally {
      if (!written) {
        files.delete();
      }
    }
  }

  private boolean isBelow(long mostBytes) {
    return tableBytes + valuesBytes < mostBytes && rows < MOST_ROWS;
  }

  private void put(Bytes key, Slot slot, boolean purge) throws IOException {
    Bytes value = slot.value();
    if (value == null && purge) {
      return;
    }
    Bytes encoded = encode(value);
    sink.put(key, encoded);
    if (rows == hashes.length) {
      hashes = Arrays.copyOf(hashes, 2 * rows);
    }
    hashes[rows++] = KeyFilter.hash(key);
    removed += value == null ? 1 : 0;
    tableBytes += key.length() + encoded.length();
    first = first == null ? key : first;
    last = key;
  }

  private Bytes encode(@Nullable Bytes value) throws IOException {
    if (value == null) {
      return Bytes.wrap(new byte[] {CheckpointFiles.REMOVED});
    }
    if (value.length() <= MOST_BYTES_HERE) {
      var here = ByteBuffer.allocate(1 + value.length());
      return Bytes.wrap(here.put(CheckpointFiles.HERE).put(value.array()).array());
    }
    var apart = ByteBuffer.allocate(17).put(CheckpointFiles.APART);
    apart.putLong(valuesBytes).putInt(value.length());
    apart.putInt(CheckpointFiles.crc(ByteBuffer.wrap(value.array())));
    append(ByteBuffer.wrap(value.array()));
    return Bytes.wrap(apart.array());
  }

  private void append(ByteBuffer bytes) throws IOException {
    valuesBytes += bytes.remaining();
    valuesSums.add(bytes);
    if (bytes.remaining() > buffer.remaining()) {
      drain(buffer.flip());
      buffer.clear();
    }
    if (bytes.remaining() > buffer.remaining()) {
      drain(bytes);
    } else {
      buffer.put(bytes);
    }
  }

  private void drain(ByteBuffer bytes) throws IOException {
    int length = bytes.remaining();
    values.write(bytes, drained);
    drained += length;
  }

  private void finish() throws IOException {
    drain(buffer.flip());
    values.sync();
    sink.create();
    var sum =
        new CheckpointSum(
            rows,
            removed,
            PAGE_BYTES,
            first == null ? Bytes.EMPTY : first,
            last,
            new CheckpointSum.Files(
                volume.finish(),
                new CheckpointPart(valuesBytes, valuesSums.finish()),
                filter(),
                index.finish()));
    sum.write(files);
  }

  private CheckpointPart filter() throws IOException {
    ByteBuffer bytes = KeyFilter.encode(hashes, rows);
    try (DiskFile file = files.disk().create(files.filter())) {
      file.write(bytes.duplicate(), 0);
      file.sync();
    }
    return new CheckpointPart(bytes.limit(), BlockSums.of(bytes));
  }

  @Override
  public void close() throws IOException {
    values.close();
    index.close();
    table.close();
  }
}
