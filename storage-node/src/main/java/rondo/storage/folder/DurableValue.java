package rondo.storage.folder;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import rondo.ring.value.Bytes;

/**
 * A small value in a file of its own. Writes replace it atomically: after a crash it is the old
 * value or the new one. Thread-safe.
 *
 * <pre>
 *   "RONDOVAL"  8 bytes
 *   version     4 bytes, 1          all integers big-endian
 *   length      4 bytes
 *   value       length bytes
 *   crc         4 bytes, CRC32C of everything before
 * </pre>
 */
public final class DurableValue {
  private static final long MAGIC = 0x524f4e444f56414cL; // "RONDOVAL"
  private static final int VERSION = 1;
  private static final int AROUND = 8 + 4 + 4 + 4;

  private final Path file;
  private boolean closed;

  public DurableValue(Path file) {
    this.file = file;
  }

  /**
   * Returns the value that was written last; empty when there was none.
   *
   * @throws DiskException when it can't be read or has a newer version
   * @throws CorruptException when its checksum fails
   */
  public synchronized Optional<Bytes> read() {
    try {
      return Optional.of(decode(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new DiskException("can't read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Replaces the value; durable when this returns.
   *
   * @throws DiskFullException when the disk has no room: the old value stays
   * @throws DiskException when it can't be written; the value may then be the old or the new one
   */
  public synchronized void write(Bytes value) {
    if (closed) {
      throw new DiskException(file + " isn't written any more: its folder is closed");
    }
    Path next = file.resolveSibling(file.getFileName() + ".next");
    try {
      try (var channel =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var encoded = encode(value);
        while (encoded.hasRemaining()) {
          channel.write(encoded);
        }
        channel.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (var folder =
          FileChannel.open(file.toAbsolutePath().resolveSibling("."), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        throw new DiskFullException("the disk of " + file + " is full");
      }
      throw new DiskException("can't write " + file + ": " + e.getMessage(), e);
    }
  }

  /** Refuses writes from now on; one that is under way has ended when this returns. */
  synchronized void close() {
    closed = true;
  }

  private static ByteBuffer encode(Bytes value) {
    var buffer = ByteBuffer.allocate(AROUND + value.length());
    buffer.putLong(MAGIC).putInt(VERSION).putInt(value.length()).put(value.array());
    return buffer.putInt(crc(buffer.array(), buffer.position())).flip();
  }

  private Bytes decode(byte[] bytes) {
    var buffer = ByteBuffer.wrap(bytes);
    if (buffer.remaining() < AROUND || buffer.getLong() != MAGIC) {
      throw new DiskException(file + " is not what it should be: restore it from a copy");
    }
    int version = buffer.getInt();
    if (version > VERSION) {
      throw new DiskException(file + " was written by a newer version of Rondo: start that one");
    }
    int length = buffer.getInt();
    if (length != buffer.limit() - AROUND) {
      throw new DiskException(file + " has a wrong length: restore it from a copy");
    }
    int found = crc(bytes, bytes.length - 4);
    int expected = buffer.getInt(buffer.limit() - 4);
    if (found != expected) {
      throw new CorruptException(file.toString(), 0, expected, found);
    }
    var value = new byte[length];
    buffer.get(value);
    return Bytes.wrap(value);
  }

  private static int crc(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
