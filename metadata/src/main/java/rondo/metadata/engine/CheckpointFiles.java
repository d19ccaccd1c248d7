package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * The three files of a checkpoint. All integers are big-endian.
 *
 * <pre>
 *   NUMBER.table   a SortedTableMap of MapDB, key to slot
 *   NUMBER.values  "RONDOVLS" version:4 0:4 value*                   the values that are large
 *   NUMBER.sum     "RONDOSUM" version:4 tableBytes:8 tableCrc:4 valuesBytes:8 rows:8
 *                  bloomWords:4 bloomWord:8* crc:4
 *   slot           0 | 1 value | 2 offset:8 length:4 crc:4           removed, here, in the values
 * </pre>
 *
 * Checksums are CRC32C: that of the table is verified when it is opened, for MapDB does not see
 * damage, and that of a large value each time it is read. Large values are apart so that a search
 * does not drag them along.
 *
 * @param id never used twice in one folder
 */
record CheckpointFiles(Path folder, long id) {
  static final int VERSION = 1;
  static final long VALUES_MAGIC = 0x524f4e444f564c53L; // "RONDOVLS"
  static final int VALUES_HEAD_BYTES = 16;
  static final byte REMOVED = 0;
  static final byte HERE = 1;
  static final byte APART = 2;

  private static final long SUM_MAGIC = 0x524f4e444f53554dL; // "RONDOSUM"
  private static final int SUM_HEAD_BYTES = 40;
  private static final int BUFFER_BYTES = 1 << 20;

  /** What a checkpoint's files must be. */
  record Sum(long tableBytes, int tableCrc, long valuesBytes, long rows, Bloom bloom) {}

  Path table() {
    return file("table");
  }

  Path values() {
    return file("values");
  }

  Path sum() {
    return file("sum");
  }

  private Path file(String kind) {
    return folder.resolve("%012d.%s".formatted(id, kind));
  }

  void delete() throws IOException {
    Files.deleteIfExists(sum());
    Files.deleteIfExists(table());
    Files.deleteIfExists(values());
  }

  /** Writes and syncs the sum. */
  void write(Sum sum) throws IOException {
    var bytes = ByteBuffer.allocate(SUM_HEAD_BYTES + sum.bloom().encodedBytes() + 4);
    bytes.putLong(SUM_MAGIC).putInt(VERSION).putLong(sum.tableBytes()).putInt(sum.tableCrc());
    bytes.putLong(sum.valuesBytes()).putLong(sum.rows());
    sum.bloom().write(bytes);
    bytes.putInt(crc(bytes.duplicate().flip())).flip();
    try (var channel =
        FileChannel.open(sum(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /**
   * The sum, after the files have been found to be what it says.
   *
   * @throws EngineException when they are not
   */
  Sum verified() throws IOException {
    var bytes = ByteBuffer.wrap(Files.readAllBytes(sum()));
    if (bytes.limit() < SUM_HEAD_BYTES || bytes.getLong(0) != SUM_MAGIC) {
      throw damaged(sum());
    }
    if (bytes.getInt(8) > VERSION) {
      throw new EngineException(
          sum() + " was written by a newer version of Rondo: start that version");
    }
    if (bytes.getInt(bytes.limit() - 4) != crc(bytes.slice(0, bytes.limit() - 4))) {
      throw damaged(sum());
    }
    bytes.position(12);
    var sum =
        new Sum(
            bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.getLong(), Bloom.read(bytes));
    if (Files.size(table()) != sum.tableBytes() || crc(table()) != sum.tableCrc()) {
      throw damaged(table());
    }
    if (Files.size(values()) != sum.valuesBytes()) {
      throw damaged(values());
    }
    return sum;
  }

  static EngineException damaged(Path file) {
    return new EngineException(
        file
            + " is damaged: restore this folder, or empty it and let the node be refilled by the"
            + " others");
  }

  static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  static int crc(Path file) throws IOException {
    var crc = new CRC32C();
    var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (channel.read(buffer) >= 0) {
        crc.update(buffer.flip());
        buffer.clear();
      }
    }
    return (int) crc.getValue();
  }
}
