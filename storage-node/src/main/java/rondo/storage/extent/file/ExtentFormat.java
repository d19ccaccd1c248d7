package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.DiskFile;
import rondo.storage.folder.DiskException;

/**
 * The bytes of an extent file. Numbers are big-endian, checksums CRC32C.
 *
 * <pre>
 * extent  = head record* [footer]        head and records begin at multiples of 512
 * head    = "RONDOEX1"(8) version(4) = 1 block bytes(4) = 65536 number(8) salt(8) crc(4)
 * record  = {@link ChunkHeader} payload sums
 * sums    = crc of each block of the payload(4 each) crc over salt, header crc and these(4)
 * footer  = {@link ExtentFooter}
 * </pre>
 *
 * The salt is random and secret. It begins every header and flows into every checksum of its
 * extent, so that no payload can pose as a record. A header is written when its range is reserved,
 * in the order of the ranges. The sync of a record thus covers every header before it, so after a
 * crash the headers can be followed to the last acknowledged record.
 */
public final class ExtentFormat {
  static final int VERSION = 1;
  public static final int BLOCK_BYTES = 64 * 1024;
  static final int ALIGNMENT = 512;
  public static final int HEAD_BYTES = ALIGNMENT;

  private static final long MAGIC = 0x524F4E444F455831L;
  private static final int HEAD_LENGTH = 36;

  private ExtentFormat() {}

  /** The head of an extent. */
  public record Head(long number, long salt) {}

  static ByteBuffer head(Head head) {
    var buffer = ByteBuffer.allocate(HEAD_BYTES);
    buffer.putLong(MAGIC).putInt(VERSION).putInt(BLOCK_BYTES);
    buffer.putLong(head.number).putLong(head.salt);
    buffer.putInt(crc(buffer, 0, HEAD_LENGTH - 4));
    return buffer.position(0);
  }

  /**
   * Reads the head of an extent file; null when the file is none.
   *
   * @throws DiskException when it has a newer version
   */
  static @Nullable public Head head(DiskFile file) throws IOException {
    var buffer = ByteBuffer.allocate(HEAD_LENGTH);
    if (file.read(buffer, 0) < HEAD_LENGTH) {
      return null;
    }
    buffer.flip();
    if (buffer.getInt(HEAD_LENGTH - 4) != crc(buffer, 0, HEAD_LENGTH - 4)
        || buffer.getLong() != MAGIC) {
      return null;
    }
    int version = buffer.getInt();
    if (version != VERSION || buffer.getInt() != BLOCK_BYTES) {
      throw new DiskException(
          "extent of format " + version + ", written by a newer version of the program");
    }
    return new Head(buffer.getLong(), buffer.getLong());
  }

  /** Returns the CRC32C of a part of a buffer. */
  public static int crc(ByteBuffer bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes.slice(from, length));
    return (int) crc.getValue();
  }

  static int blocks(int payloadBytes) {
    return Math.ceilDiv(payloadBytes, BLOCK_BYTES);
  }

  static int sumsBytes(int payloadBytes) {
    return 4 * blocks(payloadBytes) + 4;
  }

  static long align(long offset) {
    return Math.ceilDiv(offset, ALIGNMENT) * (long) ALIGNMENT;
  }

  /** Encodes the sums that follow a payload. */
  static ByteBuffer sums(long salt, int headerCrc, int[] blockSums) {
    var buffer = ByteBuffer.allocate(4 * blockSums.length + 4);
    for (int sum : blockSums) {
      buffer.putInt(sum);
    }
    buffer.putInt(seal(salt, headerCrc, buffer.array()));
    return buffer.flip();
  }

  /** Reads the sums of a record's blocks; null when the record was never finished. */
  static int @Nullable [] sums(Extent extent, ExtentEntry entry) throws IOException {
    var buffer = ByteBuffer.allocate(sumsBytes(entry.length()));
    long position = entry.payload() + entry.length();
    if (extent.file().read(buffer, position) < buffer.capacity()) {
      return null;
    }
    buffer.flip();
    int expected = buffer.getInt(buffer.capacity() - 4);
    if (expected != seal(extent.salt(), entry.headerCrc(), buffer.array())) {
      return null;
    }
    int[] sums = new int[blocks(entry.length())];
    buffer.asIntBuffer().get(sums);
    return sums;
  }

  private static int seal(long salt, int headerCrc, byte[] sums) {
    var crc = new CRC32C();
    crc.update(ByteBuffer.allocate(12).putLong(salt).putInt(headerCrc).flip());
    crc.update(sums, 0, sums.length - 4);
    return (int) crc.getValue();
  }
}
