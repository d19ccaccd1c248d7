package rondo.metadata.engine.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.WholeFile;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.ring.value.Bytes;

/**
 * The lengths and checksums of a checkpoint's other files. It is written last.
 *
 * <pre>
 *   sum   = "RONDOSUM" version:4 rows:8 removed:8 pageBytes:4 first last table values filter index
 *           crc:4
 *   first = length:4 byte*            the least key, and likewise the greatest
 *   table = bytes:8 blocks:4 crc:4*   of each block of 16 KiB; the last one may be short
 * </pre>
 *
 * Version 2 had no index.
 *
 * @param removed how many of the rows only say that a key was removed
 * @param pageBytes of the table: groups of rows never lie across its pages
 * @param files the other files
 */
public record CheckpointSum(
    long rows, long removed, int pageBytes, Bytes first, Bytes last, Files files) {
  private static final long MAGIC = 0x524f4e444f53554dL; // "RONDOSUM"
  private static final int VERSION = 3;
  private static final int WITHOUT_INDEX = 2;
  private static final int HEAD_BYTES = 40;

  /**
   * The other files of a checkpoint.
   *
   * @param index null when there is none, as of version 2
   */
  public record Files(
      CheckpointPart table,
      CheckpointPart values,
      CheckpointPart filter,
      @Nullable CheckpointPart index) {
    private int encodedBytes() {
      int bytes = table.encodedBytes() + values.encodedBytes() + filter.encodedBytes();
      return index == null ? bytes : bytes + index.encodedBytes();
    }

    private void write(ByteBuffer into) {
      table.write(into);
      values.write(into);
      filter.write(into);
      if (index != null) {
        index.write(into);
      }
    }

    private static Files read(ByteBuffer from, boolean indexed) {
      return new Files(
          CheckpointPart.read(from),
          CheckpointPart.read(from),
          CheckpointPart.read(from),
          indexed ? CheckpointPart.read(from) : null);
    }
  }

  public CheckpointPart table() {
    return files.table();
  }

  public CheckpointPart values() {
    return files.values();
  }

  public CheckpointPart filter() {
    return files.filter();
  }

  /** Null when there is none. */
  @Nullable
  public CheckpointPart index() {
    return files.index();
  }

  long bytes() {
    return table().bytes() + values().bytes();
  }

  /** Writes and syncs the file. */
  public void write(CheckpointFiles beside) throws IOException {
    var bytes =
        ByteBuffer.allocate(HEAD_BYTES + first.length() + last.length() + files.encodedBytes() + 4);
    bytes.putLong(MAGIC).putInt(index() == null ? WITHOUT_INDEX : VERSION);
    bytes.putLong(rows).putLong(removed).putInt(pageBytes);
    bytes.putInt(first.length()).put(first.array());
    bytes.putInt(last.length()).put(last.array());
    files.write(bytes);
    bytes.putInt(CheckpointFiles.crc(bytes.duplicate().flip())).flip();
    try (DiskFile file = beside.disk().create(beside.sum())) {
      file.write(bytes, 0);
      file.sync();
    }
  }

  /**
   * Reads the file.
   *
   * @throws DamageException when it is missing or damaged
   * @throws EngineException when it is of another version
   */
  public static CheckpointSum read(CheckpointFiles files) throws IOException {
    String name = files.path(files.sum());
    ByteBuffer bytes = WholeFile.read(files.disk(), files.sum());
    if (bytes.limit() < HEAD_BYTES || bytes.getLong() != MAGIC) {
      throw CheckpointFiles.damaged(name);
    }
    int end = bytes.limit() - 4;
    if (bytes.getInt(end) != CheckpointFiles.crc(bytes.slice(0, end))) {
      throw CheckpointFiles.damaged(name);
    }
    int version = bytes.getInt();
    checkVersion(name, version);
    return new CheckpointSum(
        bytes.getLong(),
        bytes.getLong(),
        bytes.getInt(),
        key(bytes),
        key(bytes),
        Files.read(bytes, version != WITHOUT_INDEX));
  }

  private static void checkVersion(String name, int version) {
    if (version > VERSION) {
      throw new EngineException(
          name + " was written by a newer version of Rondo: start that version");
    }
    if (version < WITHOUT_INDEX) {
      throw new EngineException(
          name
              + " was written before the first release of Rondo: empty this folder and let the node"
              + " be refilled by the others");
    }
  }

  private static Bytes key(ByteBuffer from) {
    var key = new byte[from.getInt()];
    from.get(key);
    return Bytes.wrap(key);
  }
}
