package rondo.store.blob;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import rondo.metadata.rows.Segment;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/**
 * Iterates over the ranges of chunks that make up some bytes of consecutive segments. Each range is
 * made when it is asked for, since an object may have a million chunks.
 */
final class ChunkRanges implements Iterator<ChunkRange> {
  private final Iterator<Segment> segments;
  private Segment segment = Segment.getDefaultInstance();

  /** Where the next range begins in the segment; past the segment's end when it is used up. */
  private long position;

  private long left;

  /**
   * @throws IllegalArgumentException when the segments hold fewer bytes
   */
  ChunkRanges(List<Segment> segments, long offset, long length) {
    long size = segments.stream().mapToLong(Segment::getSize).sum();
    if (offset < 0 || length < 0 || length > size - offset) {
      throw new IllegalArgumentException("bytes from " + offset + ": " + length + " of " + size);
    }
    this.segments = segments.iterator();
    this.position = offset;
    this.left = length;
  }

  @Override
  public boolean hasNext() {
    return left > 0;
  }

  @Override
  public ChunkRange next() {
    if (left == 0) {
      throw new NoSuchElementException();
    }
    while (position >= segment.getSize()) {
      position -= segment.getSize();
      segment = segments.next();
    }
    int chunkBytes = segment.getChunkSize();
    int from = (int) (position % chunkBytes);
    int length = (int) Math.min(Math.min(left, chunkBytes - from), segment.getSize() - position);
    var id =
        new ChunkId(Bytes.wrap(segment.getBlob().toByteArray()), (int) (position / chunkBytes));
    position += length;
    left -= length;
    return new ChunkRange(id, from, length);
  }
}
