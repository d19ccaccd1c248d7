package rondo.store.blob;

import java.util.Collection;
import java.util.List;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Quorums;
import rondo.ring.value.Bytes;

/**
 * Blobs: the bytes of objects and parts that are too large for their rows. A blob is cut into
 * chunks, and the ring places each chunk on its own. Blobs are immutable, and their ids are never
 * used again. Thread-safe; the methods block and are called on virtual threads.
 */
public interface BlobStore {
  /**
   * Begins a blob of exactly {@code sizeBytes} (at least 1).
   *
   * @param owner an encoded {@link rondo.storage.chunk.ChunkOwner}: the row that will name it
   * @throws StorageFullException when too few nodes have room, here or while it is written
   */
  BlobWriter create(Bytes owner, long sizeBytes);

  /**
   * Begins a blob under an id of the caller's, for a restore that may write it again with the same
   * bytes.
   *
   * @param blob 16 bytes that name no other blob
   * @throws StorageFullException when too few nodes have room, while it is written
   */
  default BlobWriter create(Bytes owner, Bytes blob, long sizeBytes) {
    throw new UnsupportedOperationException("no blobs of given ids");
  }

  /** Whether enough nodes have room for new data, as far as this node knows. Quick. */
  default boolean hasRoom() {
    return true;
  }

  /**
   * Returns a view of these blobs. A blob that is begun through the view gets as many copies as its
   * class has.
   *
   * @param quorums the least number of answers to wait for
   * @param sloppy whether {@code quorums} is enough while the other owners can't be reached, even
   *     if the layout asks for more
   */
  BlobStore withQuorums(Quorums quorums, boolean sloppy, int copyClass);

  /**
   * Gives the {@code length} bytes from {@code offset} on, of all the segments one after another,
   * to the sink. The pieces come in order, are verified, and have at most 256 KiB. Memory is
   * bounded whatever the length: at most two chunks are under way.
   *
   * @throws BlobUnavailableException when no replica has the next bytes whole; all bytes that the
   *     sink got before are right
   */
  void read(List<Segment> segments, long offset, long length, BlobSink sink);

  /**
   * Asks every holder to drop these blobs, which no row names any more, after a delay in which
   * running reads can end. Returns at once. The orphan walk later finds the blobs that the bounded
   * queue can't take, and those that a crash makes this node forget.
   */
  void release(Collection<Segment> segments);
}
