package rondo.storage.extent;

import java.nio.ByteBuffer;
import java.util.Comparator;
import rondo.ring.register.Bytes;

/**
 * The name of one chunk: which blob it belongs to and its place in it. Chunks are placed on the
 * ring by the hash of {@link #bytes}.
 *
 * @param blob 16 random bytes, never reused
 * @param index 0 for the first chunk of the blob
 */
public record ChunkId(Bytes blob, int index) implements Comparable<ChunkId> {
  public static final int BLOB_BYTES = 16;
  public static final int BYTES = BLOB_BYTES + Integer.BYTES;

  private static final Comparator<ChunkId> ORDER =
      Comparator.comparing(ChunkId::blob).thenComparingInt(ChunkId::index);

  public ChunkId {
    if (blob.length() != BLOB_BYTES || index < 0) {
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
    return new ChunkId(Bytes.wrap(blob), buffer.getInt());
  }

  /** Writes the 20 bytes at the buffer's position. */
  public void put(ByteBuffer buffer) {
    buffer.put(blob.array()).putInt(index);
  }

  /** The blob's id, then the index in four bytes, big-endian. */
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
