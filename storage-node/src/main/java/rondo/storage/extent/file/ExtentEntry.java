package rondo.storage.extent.file;

import java.nio.ByteBuffer;
import rondo.storage.chunk.ChunkId;

/**
 * A record in an extent's index.
 *
 * <pre>
 * entry  = chunk(20) position(8) length(4) owner bytes(2) written(8) header crc(4)
 * </pre>
 *
 * @param position offset of its header in the extent
 * @param length bytes of payload
 * @param ownerBytes length of its owner, which tells where the payload begins
 * @param headerCrc the header's checksum
 */
public record ExtentEntry(
    ChunkId id, long position, int length, int ownerBytes, long writtenMicros, int headerCrc) {
  static final int BYTES = ChunkId.BYTES + 8 + 4 + 2 + 8 + 4;

  static ExtentEntry of(long position, ChunkHeader.Found found) {
    var header = found.header();
    return new ExtentEntry(
        header.id(),
        position,
        header.length(),
        header.owner().length(),
        header.writtenMicros(),
        found.crc());
  }

  /** Returns the offset of the payload. */
  long payload() {
    return position + ChunkHeader.bytes(ownerBytes);
  }

  public int recordBytes() {
    return ChunkHeader.recordBytes(ownerBytes, length);
  }

  public ChunkPlace in(Extent extent) {
    return new ChunkPlace(extent, position, recordBytes(), false);
  }

  void put(ByteBuffer buffer) {
    id.put(buffer);
    buffer.putLong(position).putInt(length).putShort((short) ownerBytes);
    buffer.putLong(writtenMicros).putInt(headerCrc);
  }

  static ExtentEntry get(ByteBuffer buffer) {
    return new ExtentEntry(
        ChunkId.get(buffer),
        buffer.getLong(),
        buffer.getInt(),
        Short.toUnsignedInt(buffer.getShort()),
        buffer.getLong(),
        buffer.getInt());
  }
}
