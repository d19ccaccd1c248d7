package rondo.s3.crypt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import rondo.metadata.rows.SealedStream;

/**
 * The frames that hold a range of an object. They are contiguous: {@code sealedLength} bytes from
 * {@code sealedOffset} on in the object's streams, which lie one after another. Immutable.
 *
 * @param runs the frames, in order
 * @param skip the number of plain bytes in the first frame before the range
 * @param length of the range, in plain bytes
 */
public record SealedRange(
    long sealedOffset, long sealedLength, List<Run> runs, int skip, long length) {

  /** The frames {@code first} (inclusive) to {@code end} (exclusive) of one stream. */
  record Run(SealedStream stream, long first, long end) {}

  /**
   * Finds the frames of a range.
   *
   * @param offset of the range, in plain bytes
   * @param length at least 1
   * @throws TamperedException when the streams end before the range does
   */
  public static SealedRange of(List<SealedStream> streams, long offset, long length) {
    var runs = new ArrayList<Run>();
    long plainStart = 0;
    long sealedStart = 0;
    long from = 0;
    long to = 0;
    for (SealedStream stream : streams) {
      long begin = Math.max(offset - plainStart, 0);
      long end = Math.min(offset + length - plainStart, stream.getSize());
      if (begin < end) {
        var run = new Run(stream, begin / SealedFrames.PLAIN_BYTES, SealedFrames.count(end));
        from = runs.isEmpty() ? sealedStart + run.first() * SealedFrames.SEALED_BYTES : from;
        to = sealedStart + sealedEnd(run);
        runs.add(run);
      }
      plainStart += stream.getSize();
      sealedStart += SealedFrames.sealedBytes(stream.getSize());
    }
    if (runs.isEmpty() || plainStart < offset + length) {
      throw new TamperedException("an object's streams are shorter than it");
    }
    return new SealedRange(from, to - from, List.copyOf(runs), skip(streams, offset), length);
  }

  private static long sealedEnd(Run run) {
    return Math.min(
        run.end() * SealedFrames.SEALED_BYTES, SealedFrames.sealedBytes(run.stream().getSize()));
  }

  private static int skip(List<SealedStream> streams, long offset) {
    long left = offset;
    for (SealedStream stream : streams) {
      if (left < stream.getSize()) {
        break;
      }
      left -= stream.getSize();
    }
    return (int) (left % SealedFrames.PLAIN_BYTES);
  }

  /**
   * Decrypts the frames.
   *
   * @param sink receives plain bytes in order, valid until it returns
   */
  public RangeOpener opener(DataKey key, Consumer<java.nio.ByteBuffer> sink) {
    return new RangeOpener(key, this, sink);
  }
}
