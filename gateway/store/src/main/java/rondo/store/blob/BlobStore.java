package rondo.store.blob;

import java.util.Collection;
import java.util.List;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Quorums;
import rondo.ring.value.Bytes;

/**
 * Blobs: the bytes of objects and parts that are too large for their rows, cut into chunks which
 * are placed on the ring one by one. Blobs are immutable and their ids are never used again.
 * Thread-safe; its methods block, and are called on virtual threads.
 */
public interface BlobStore {
  /**
   * Begins a blob of exactly {@code sizeBytes} (at least 1).
   *
   * @param owner an encoded {@link rondo.storage.chunk.ChunkOwner}: the row that will name it
   */
  BlobWriter create(Bytes owner, long sizeBytes);

  /**
   * The same blobs, those that are begun here with as many copies as their class has.
   *
   * @param quorums at least so many answers are waited for
   * @param sloppy whether they are enough, be it fewer than the layout asks, when the other owners
   *     can't be reached
   */
  BlobStore demanding(Quorums quorums, boolean sloppy, int copyClass);

  /**
   * Gives the {@code length} bytes from {@code offset} on, of all the segments one after another,
   * to the sink, in order, in verified pieces of at most 256 KiB. Memory is bounded whatever the
   * length: at most two chunks are under way.
   *
   * @throws BlobUnavailableException when no replica has the next bytes whole; what the sink got
   *     until then is right
   */
  void read(List<Segment> segments, long offset, long length, BlobSink sink);

  /**
   * Asks every holder to drop these blobs, which no row names any more, after a while in which
   * those who are reading them can end. Returns at once; what the bounded queue can't take, or what
   * a crash loses, the orphan walk finds later.
   */
  void release(Collection<Segment> segments);
}
