package rondo.metadata.engine.block;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;

/**
 * The five files of a checkpoint. All integers are big-endian.
 *
 * <pre>
 *   NUMBER.table   a SortedTableMap of MapDB, key to slot
 *   NUMBER.values  "RONDOVLS" version:4 0:4 value*                   the values that are large
 *   NUMBER.filter  block*                                            of {@code KeyFilter}
 *   NUMBER.index   block*                                            of {@code IndexBlock}
 *   NUMBER.sum     of {@code CheckpointSum}: what the others must be
 *   slot           0 | 1 value | 2 offset:8 length:4 crc:4           removed, here, in the values
 * </pre>
 *
 * When a checkpoint is damaged, its readable rows are written to a new one, and its files are
 * renamed to end in {@code .damaged} and kept until the lost rows are back. Older versions wrote no
 * index, and tables of larger pages.
 *
 * <p>Checksums are CRC32C. Table, filter and index have one for each block of 16 KiB, verified
 * whenever the block comes from the disk; a large value has one of its own, verified each time it
 * is read. Large values are apart from the table so that a search does not read them.
 *
 * @param id never used twice in one folder
 */
public record CheckpointFiles(Disk disk, long id) {
  public static final int VALUES_VERSION = 2;
  public static final long VALUES_MAGIC = 0x524f4e444f564c53L; // "RONDOVLS"
  public static final int VALUES_HEAD_BYTES = 16;
  public static final String ASIDE = ".damaged";
  public static final byte REMOVED = 0;
  public static final byte HERE = 1;
  public static final byte APART = 2;

  public String table() {
    return file("table");
  }

  public String values() {
    return file("values");
  }

  public String filter() {
    return file("filter");
  }

  public String index() {
    return file("index");
  }

  public String sum() {
    return file("sum");
  }

  private String file(String kind) {
    return "%012d.%s".formatted(id, kind);
  }

  /** Returns the file's path, for messages. */
  public String path(String file) {
    return disk.path() + "/" + file;
  }

  /** Deletes all five files, as far as they exist. */
  public void delete() throws IOException {
    disk.delete(sum());
    disk.delete(table());
    disk.delete(values());
    disk.delete(filter());
    disk.delete(index());
  }

  static @Nullable public DiskFile openIfThere(Disk disk, String file) throws IOException {
    try {
      return disk.open(file);
    } catch (NoSuchFileException _) {
      return null;
    }
  }

  /** Renames the files out of the way, for people to look at. */
  public void setAside() throws IOException {
    List<String> names = disk.names();
    for (String file : List.of(sum(), table(), values(), filter(), index())) {
      if (names.contains(file)) {
        disk.rename(file, file + ASIDE);
      }
    }
  }

  /** Removes the files of all checkpoints that were set aside. */
  public static void deleteAside(Disk disk) throws IOException {
    for (String file : disk.names()) {
      if (file.endsWith(ASIDE)) {
        disk.delete(file);
      }
    }
  }

  /** Returns the exception for a damaged file, which says what an operator can do. */
  public static EngineException damaged(String file) {
    return new DamageException(
        file
            + " is damaged: restore this folder, or empty it and let the node be refilled by the"
            + " others");
  }

  /** Returns the CRC32C of a buffer's remaining bytes, and moves its position behind them. */
  public static int crc(ByteBuffer bytes) {
    var crc = new CRC32C();
    crc.update(bytes);
    return (int) crc.getValue();
  }
}
