package rondo.storage.chunk;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;

/**
 * The row that a chunk was written for. The chunk's header has it, so that a read of that row tells
 * whether the chunk is an orphan.
 *
 * <pre>
 * owner  = version(1) = 1, field(shard), field(key), field(upload), part(2)
 * field  = length(2), bytes
 * </pre>
 *
 * @param shard partition key of the row
 * @param key the object's key
 * @param upload the upload's id, for a part of a multipart upload; empty for a whole object
 * @param part the part's number; 0 for a whole object
 */
public record ChunkOwner(Bytes shard, Bytes key, Bytes upload, int part) {
  private static final byte VERSION = 1;

  /** Returns the owner of an object's chunks. */
  public static ChunkOwner object(Bytes shard, Bytes key) {
    return new ChunkOwner(shard, key, Bytes.EMPTY, 0);
  }

  /** Whether the chunk belongs to a part of a multipart upload. */
  public boolean isPart() {
    return upload.length() > 0;
  }

  public Bytes encode() {
    var buffer =
        ByteBuffer.allocate(1 + 3 * 2 + shard.length() + key.length() + upload.length() + 2);
    buffer.put(VERSION);
    putField(buffer, shard);
    putField(buffer, key);
    putField(buffer, upload);
    buffer.putShort((short) part);
    return Bytes.wrap(buffer.array());
  }

  /** Decodes an owner; null when the bytes are not an owner of a known version. */
  public static @Nullable ChunkOwner decode(Bytes bytes) {
    var buffer = ByteBuffer.wrap(bytes.array());
    try {
      if (buffer.get() != VERSION) {
        return null;
      }
      return new ChunkOwner(
          field(buffer), field(buffer), field(buffer), Short.toUnsignedInt(buffer.getShort()));
    } catch (BufferUnderflowException e) {
      return null;
    }
  }

  private static void putField(ByteBuffer buffer, Bytes field) {
    buffer.putShort((short) field.length()).put(field.array());
  }

  private static Bytes field(ByteBuffer buffer) {
    byte[] field = new byte[Short.toUnsignedInt(buffer.getShort())];
    buffer.get(field);
    return Bytes.wrap(field);
  }
}
