package rondo.store.chunk;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/**
 * A request on a bulk connection, which carries one request at a time. Numbers are big-endian.
 *
 * <pre>
 * request = size(4) kind(1) body         size of what follows it, at most 32 KiB
 * put     = 1 chunk(20) length(4) epoch(8) owner size(2) owner     then the client sends pieces
 * get     = 2 chunk(20) offset(4) length(4)                then the server sends pieces
 *                                        length -1: up to the chunk's end
 * drop    = 3 count(2) chunk(20)*
 * list    = 4 limit(2) [after: chunk(20)]
 * names   = 5 partitions of the ring(4) epoch(8) size(2) set [after: chunk(20)]
 *                                        set: a bit per partition, as BitSet.toByteArray
 *
 * piece   = size(4) bytes                size 1 to 1 MiB
 * pieces  = piece* end                   end = 0 as a size: all was sent
 *                                        -1 as a size: given up; the request is over, unanswered
 *                                        -2 - reason as a size (get): the node can't go on
 *
 * reply   = status(1) ...                0, or a reason's code, size(2), a text
 * to get  : chunk's length(4) owner size(2) owner pieces
 * to list : count(2) (chunk(20) length(4) age in micros(8) owner size(2) owner)*
 * to names: more(1) count(2) chunk(20)* [next: chunk(20), if more is 1]
 * </pre>
 *
 * A put is answered after its end. A refusal may come earlier: the client then gives up, and the
 * server reads on to the end of the pieces. Any other deviation closes the connection.
 */
sealed interface BulkRequest {
  int SIZE_LIMIT = 32 * 1024;
  int PIECE_LIMIT = 1 << 20;
  int CHUNK_LIMIT = 64 << 20;
  int END = 0;
  int GIVEN_UP = -1;
  int FAILED = -2;

  record Put(ChunkId id, int length, Bytes owner, long epoch) implements BulkRequest {}

  record Get(ChunkId id, int offset, int length) implements BulkRequest {}

  record Drop(List<ChunkId> ids) implements BulkRequest {}

  record ListChunks(@Nullable ChunkId after, int limit) implements BulkRequest {}

  record Names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch)
      implements BulkRequest {}

  /** Encodes the request with its size before it. */
  static Buffer encode(BulkRequest request) {
    var buffer = ByteBuffer.allocate(SIZE_LIMIT);
    buffer.putInt(0);
    switch (request) {
      case Put(var id, int length, var owner, long epoch) -> {
        id.put(buffer.put((byte) 1));
        buffer.putInt(length).putLong(epoch).putShort((short) owner.length()).put(owner.array());
      }
      case Get(var id, int offset, int length) -> {
        id.put(buffer.put((byte) 2));
        buffer.putInt(offset).putInt(length);
      }
      case Drop(var ids) -> {
        buffer.put((byte) 3).putShort((short) ids.size());
        ids.forEach(id -> id.put(buffer));
      }
      case ListChunks(var after, int limit) -> {
        buffer.put((byte) 4).putShort((short) limit);
        putAfter(buffer, after);
      }
      case Names(var ring, var partitions, var after, long epoch) -> {
        byte[] set = partitions.toByteArray();
        buffer
            .put((byte) 5)
            .putInt(ring.partitions())
            .putLong(epoch)
            .putShort((short) set.length)
            .put(set);
        putAfter(buffer, after);
      }
    }
    return framed(buffer);
  }

  private static void putAfter(ByteBuffer buffer, @Nullable ChunkId after) {
    if (after != null) {
      after.put(buffer);
    }
  }

  private static Buffer framed(ByteBuffer buffer) {
    buffer.putInt(0, buffer.position() - Integer.BYTES);
    return BufferInternal.buffer(Unpooled.wrappedBuffer(buffer.flip()));
  }

  /** Puts a piece's size before it; the bytes are not copied. */
  static Buffer piece(Buffer bytes) {
    var size = Unpooled.buffer(Integer.BYTES).writeInt(bytes.length());
    return BufferInternal.buffer(
        Unpooled.wrappedBuffer(size, ((BufferInternal) bytes).getByteBuf()));
  }

  /** Decodes a request without its size; null when the bytes are no request. */
  static @Nullable BulkRequest decode(ByteBuffer buffer) {
    try {
      var request =
          switch (buffer.get()) {
            case 1 -> put(buffer);
            case 2 -> new Get(ChunkId.get(buffer), buffer.getInt(), buffer.getInt());
            case 3 -> new Drop(ids(buffer));
            case 4 -> list(buffer);
            case 5 -> names(buffer);
            default -> null;
          };
      return buffer.hasRemaining() ? null : request;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private static Put put(ByteBuffer buffer) {
    var id = ChunkId.get(buffer);
    int length = buffer.getInt();
    long epoch = buffer.getLong();
    return new Put(id, length, bytes(buffer), epoch);
  }

  private static Bytes bytes(ByteBuffer buffer) {
    int size = Short.toUnsignedInt(buffer.getShort());
    if (size > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[size];
    buffer.get(bytes);
    return Bytes.wrap(bytes);
  }

  private static List<ChunkId> ids(ByteBuffer buffer) {
    int count = Short.toUnsignedInt(buffer.getShort());
    var ids = new ArrayList<ChunkId>();
    for (int i = 0; i < count; i++) {
      ids.add(ChunkId.get(buffer));
    }
    return ids;
  }

  private static ListChunks list(ByteBuffer buffer) {
    int limit = Short.toUnsignedInt(buffer.getShort());
    return new ListChunks(buffer.hasRemaining() ? ChunkId.get(buffer) : null, limit);
  }

  private static Names names(ByteBuffer buffer) {
    var ring = new Ring(buffer.getInt());
    long epoch = buffer.getLong();
    var set = BitSet.valueOf(bytes(buffer).array());
    return new Names(ring, set, buffer.hasRemaining() ? ChunkId.get(buffer) : null, epoch);
  }
}
