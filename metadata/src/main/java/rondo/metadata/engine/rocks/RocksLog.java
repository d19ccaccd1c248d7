package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;

/**
 * Verifies the files that RocksDB writes record by record: the log, and the manifest with the list
 * of its files. RocksDB reads them only when it opens the database. The format is described on the
 * page "Write Ahead Log File Format" of RocksDB's wiki; integers are little-endian.
 *
 * <pre>
 *   file    = block*                        of 32 KiB, the last one shorter
 *   block   = record* 0*                    the zeros where less than a head is left
 *   record  = crc:4 length:2 type:1 byte*   the CRC32C of type and bytes, masked
 *   masked  = (crc rotated right by 15) + 0xa282ead8
 * </pre>
 */
final class RocksLog {
  private static final int BLOCK_BYTES = 32 << 10;
  private static final int HEAD_BYTES = 7;
  private static final int MASK = 0xa282ead8;
  private static final int MASK_BITS = 15;

  private RocksLog() {}

  /** Returns the files of a database's log. */
  static List<Path> files(Path database) throws IOException {
    try (var all = Files.list(database)) {
      return all.filter(file -> file.toString().endsWith(".log")).toList();
    }
  }

  /**
   * Returns all record files that a database has now.
   *
   * @throws DamageException when it is unknown which file is the manifest
   */
  static List<Path> all(Path database) throws IOException {
    var all = new ArrayList<>(files(database));
    Path current = database.resolve("CURRENT");
    String name = Files.exists(current) ? Files.readString(current).strip() : "";
    if (!name.matches("MANIFEST-\\d+")) {
      throw new DamageException(current + " is damaged: it doesn't name a manifest");
    }
    all.add(database.resolve(name));
    return all;
  }

  /**
   * Returns the damage in a file; null when it is whole or was deleted meanwhile. An incomplete
   * record at the end is no damage: it is being written, or was torn.
   */
  static @Nullable String damage(Path file) {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      var block = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (long at = 0; at < size; at += BLOCK_BYTES) {
        read(channel, block.clear().limit((int) Math.min(BLOCK_BYTES, size - at)), at);
        if (!isWhole(block.flip())) {
          return "a checksum doesn't match in the block at " + at;
        }
      }
      return null;
    } catch (NoSuchFileException _) {
      return null;
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void read(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining() && channel.read(into, at + into.position()) >= 0) {
      // Read to the end of the block or file.
    }
  }

  private static boolean isWhole(ByteBuffer block) {
    while (block.remaining() >= HEAD_BYTES) {
      int crc = block.getInt();
      int length = Short.toUnsignedInt(block.getShort());
      if (length >= block.remaining()) {
        // Torn; but a record never goes beyond a block.
        return block.limit() < BLOCK_BYTES;
      }
      ByteBuffer sealed = block.slice(block.position(), 1 + length);
      boolean unwritten = crc == 0 && length == 0 && sealed.get(0) == 0;
      if (!unwritten && masked(sealed) != crc) {
        return false;
      }
      block.position(block.position() + 1 + length);
    }
    return true;
  }

  private static int masked(ByteBuffer sealed) {
    var crc = new CRC32C();
    crc.update(sealed);
    return Integer.rotateRight((int) crc.getValue(), MASK_BITS) + MASK;
  }
}
