package rondo.storage.chunk;

import java.nio.ByteBuffer;
import java.util.Comparator;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;

/**
 * The name of a chunk: its blob, and its place in the blob. The hash of {@link #bytes} places the
 * chunk on the ring.
 *
 * @param blob 16 random bytes, never reused, followed by a class of copies if the blob has one
 *     ({@link Ring#ofClass})
 * @param index 0 for the first chunk of the blob, at most {@link #MOST_INDEX}
 */
public record ChunkId(Bytes blob, int index) implements Comparable<ChunkId> {
  public static final int BLOB_BYTES = 16;
  public static final int MOST_INDEX = (1 << 24) - 1;
  public static final int BYTES = BLOB_BYTES + Integer.BYTES;

  private static final int CLASS_SHIFT = 24;

  private static final Comparator<ChunkId> ORDER =
      Comparator.comparing(ChunkId::blob).thenComparingInt(ChunkId::index);

  public ChunkId {
    int tail = blob.length() - BLOB_BYTES;
    boolean known = tail == 0 || (tail == 1 && Ring.classOf(blob) > 0);
    if (!known || index < 0 || index > MOST_INDEX) {
      throw new IllegalArgumentException("not a chunk: " + blob + ", " + index);
    }
  }

  /**
   * Decodes the {@link #bytes} of a chunk.
   *
   * @throws IllegalArgumentException when they aren't those of a chunk
   */
  public static ChunkId of(Bytes bytes) {
    if (bytes.length() != BYTES) {
      throw new IllegalArgumentException("not a chunk's name: " + bytes);
    }
    return get(ByteBuffer.wrap(bytes.array()));
  }

  /** Reads the 20 bytes at the buffer's position. */
  public static ChunkId get(ByteBuffer buffer) {
    byte[] blob = new byte[BLOB_BYTES];
    buffer.get(blob);
    int rest = buffer.getInt();
    return new ChunkId(Ring.ofClass(rest >>> CLASS_SHIFT, Bytes.wrap(blob)), rest & MOST_INDEX);
  }

  /** Writes the 20 bytes at the buffer's position. */
  public void put(ByteBuffer buffer) {
    buffer.put(blob.array(), 0, BLOB_BYTES).putInt(Ring.classOf(blob) << CLASS_SHIFT | index);
  }

  /**
   * Encodes the name in 20 bytes: the 16 bytes of the blob's id, its class of copies in one byte as
   * {@link Ring} has it, and the index in three bytes, big-endian. Without a class the encoding is
   * that of versions before there were classes.
   */
  public Bytes bytes() {
    var buffer = ByteBuffer.allocate(BYTES);
    put(buffer);
    return Bytes.wrap(buffer.array());
  }

  @Override
  public int compareTo(ChunkId other) {
    return ORDER.compare(this, other);
  }
}
