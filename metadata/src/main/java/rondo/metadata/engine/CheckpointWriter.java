package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.mapdb.DBException;
import org.mapdb.SortedTableMap;
import org.mapdb.volume.FileChannelVol;
import org.mapdb.volume.Volume;
import rondo.ring.register.Bytes;

/** Writes one checkpoint. For one thread. */
final class CheckpointWriter implements AutoCloseable {
  /** Above this a value costs a search more than a second read does. */
  private static final int MOST_BYTES_HERE = 1024;

  /**
   * Slots that are read together. The table's pages are 1 MiB, and a group has to fit in one: keys
   * are a few KiB at most.
   */
  private static final int GROUP = 32;

  private static final int BUFFER_BYTES = 1 << 18;

  private final CheckpointFiles files;
  private final Volume volume;
  private final SortedTableMap.Sink<Bytes, Bytes> sink;
  private final FileChannel values;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private final Bloom bloom;
  private long valuesBytes;
  private long rows;

  private CheckpointWriter(CheckpointFiles files, long mostRows) throws IOException {
    this.files = files;
    this.bloom = Bloom.forKeys(mostRows);
    // Not mapped: a mapped write on a full disk kills the process instead of failing.
    this.volume = FileChannelVol.FACTORY.makeVolume(files.table().toString(), false);
    this.sink =
        SortedTableMap.create(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE)
            .nodeSize(GROUP)
            .createFromSink();
    this.values =
        FileChannel.open(files.values(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    append(
        ByteBuffer.allocate(CheckpointFiles.VALUES_HEAD_BYTES)
            .putLong(CheckpointFiles.VALUES_MAGIC)
            .putInt(CheckpointFiles.VERSION)
            .rewind());
  }

  /**
   * Writes what {@code source} has, and returns when it is on stable storage; null, and no files,
   * when that is nothing.
   *
   * @param mostRows that the source may have
   * @param purge leaves removed keys out: there is nothing older that they hide
   */
  static @Nullable Checkpoint write(
      CheckpointFiles files, Source source, long mostRows, boolean purge) throws IOException {
    try (var writer = new CheckpointWriter(files, mostRows)) {
      for (Bytes key = source.key(); key != null; key = source.key()) {
        writer.put(key, source.slot(), purge);
        source.advance();
      }
      if (writer.rows > 0) {
        writer.finish();
      }
    } catch (DBException e) {
      throw new IOException(files.table() + ": " + e.getMessage(), e);
    }
    if (!Files.exists(files.sum())) {
      files.delete();
      return null;
    }
    Folders.sync(files.folder());
    return Checkpoint.open(files);
  }

  private void put(Bytes key, Slot slot, boolean purge) throws IOException {
    Bytes value = slot.value();
    if (value == null && purge) {
      return;
    }
    sink.put(key, encode(value));
    bloom.add(key);
    rows++;
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
    while (bytes.hasRemaining()) {
      values.write(bytes);
    }
  }

  private void finish() throws IOException {
    drain(buffer.flip());
    values.force(true);
    sink.create();
    volume.sync();
    try (var table = FileChannel.open(files.table(), StandardOpenOption.WRITE)) {
      table.force(true);
    }
    files.write(
        new CheckpointFiles.Sum(
            Files.size(files.table()),
            CheckpointFiles.crc(files.table()),
            valuesBytes,
            rows,
            bloom));
  }

  @Override
  public void close() throws IOException {
    values.close();
    volume.close();
  }
}
