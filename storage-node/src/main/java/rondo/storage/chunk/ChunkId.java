package rondo.storage.chunk;

import java.nio.ByteBuffer;
import java.util.Comparator;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;

/**
 * The name of one chunk: which blob it belongs to and its place in it. Chunks are placed on the
 * ring by the hash of {@link #bytes}.
 *
 * @param blob 16 random bytes, never reused, and a class of copies behind them if it is in one
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
   * @throws IllegalArgumentException when these aren't the {@link #bytes} of a chunk
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
   * The 16 bytes of the blob's id, its class of copies in one byte, then the index in three bytes,
   * big-endian: it names its class as {@link Ring} says, and is what it was before there were
   * classes.
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
