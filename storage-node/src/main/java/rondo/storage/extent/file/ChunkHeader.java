package rondo.storage.extent.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/**
 * The header of a record.
 *
 * <pre>
 * header = salt(8) chunk(20) length(4) written(8) owner length(2) owner crc(4)
 * </pre>
 *
 * @param length bytes of payload
 * @param writtenMicros the writer's clock, microseconds since 1970
 * @param owner at most {@link #OWNER_LIMIT} bytes
 */
public record ChunkHeader(ChunkId id, int length, long writtenMicros, Bytes owner) {
  /** Room for an owner with a key of 1024 bytes. */
  public static final int OWNER_LIMIT = 4096;

  private static final int FIXED = 8 + ChunkId.BYTES + 4 + 8 + 2;

  static int bytes(int ownerBytes) {
    return FIXED + ownerBytes + 4;
  }

  /**
   * Returns the length of a record: header, payload and sums, rounded up to a multiple of 512
   * bytes.
   */
  public static int recordBytes(int ownerBytes, int length) {
    return (int)
        ExtentFormat.align((long) bytes(ownerBytes) + length + ExtentFormat.sumsBytes(length));
  }

  /** Encodes the header for an extent with this salt. */
  public ByteBuffer encode(long salt) {
    var buffer = ByteBuffer.allocate(bytes(owner.length()));
    buffer.putLong(salt);
    id.put(buffer);
    buffer.putInt(length).putLong(writtenMicros);
    buffer.putShort((short) owner.length()).put(owner.array());
    buffer.putInt(ExtentFormat.crc(buffer, 0, buffer.position()));
    return buffer.flip();
  }

  /** Returns the checksum at the end of an encoded header, which the record's sums build on. */
  static int crc(ByteBuffer encoded) {
    return encoded.getInt(encoded.limit() - 4);
  }

  /** A header and its checksum. */
  record Found(ChunkHeader header, int crc) {}

  /** Reads the header at {@code position}; null when there is none. */
  static @Nullable Found read(Extent extent, long position) throws IOException {
    var buffer = ByteBuffer.allocate(ExtentFormat.ALIGNMENT);
    extent.file().read(buffer, position);
    buffer.flip();
    if (buffer.limit() < FIXED || buffer.getLong(0) != extent.salt()) {
      return null;
    }
    int ownerBytes = Short.toUnsignedInt(buffer.getShort(FIXED - 2));
    if (ownerBytes > OWNER_LIMIT) {
      return null;
    }
    if (bytes(ownerBytes) > buffer.capacity()) {
      buffer = ByteBuffer.allocate(bytes(ownerBytes));
      extent.file().read(buffer, position);
      buffer.flip();
    }
    return decode(buffer, bytes(ownerBytes));
  }

  private static @Nullable Found decode(ByteBuffer buffer, int bytes) {
    if (buffer.limit() < bytes) {
      return null;
    }
    int crc = buffer.getInt(bytes - 4);
    if (crc != ExtentFormat.crc(buffer, 0, bytes - 4)) {
      return null;
    }
    buffer.position(Long.BYTES);
    var id = ChunkId.get(buffer);
    int length = buffer.getInt();
    long written = buffer.getLong();
    byte[] owner = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(owner);
    return new Found(new ChunkHeader(id, length, written, Bytes.wrap(owner)), crc);
  }
}
