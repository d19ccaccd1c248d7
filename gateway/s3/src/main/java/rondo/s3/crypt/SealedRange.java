package rondo.s3.crypt;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import rondo.metadata.rows.SealedStream;

/**
 * Where the frames are that hold a range of an object. They lie together: of all its streams one
 * after another, {@code sealedLength} bytes from {@code sealedOffset} on. Immutable.
 *
 * @param runs the frames, in order
 * @param skip so many plain bytes of the first frame come before the range
 * @param length of the range
 */
public record SealedRange(
    long sealedOffset, long sealedLength, List<Run> runs, int skip, long length) {

  /** Frames of one stream: from {@code first} up to, but not with, {@code end}. */
  record Run(SealedStream stream, long first, long end) {}

  /**
   * @param length at least 1
   * @throws TamperedException when the streams are shorter than that
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
   * What opens the frames.
   *
   * @param sink gets plain bytes in order, lent until it returns
   */
  public RangeOpener opener(DataKey key, Consumer<java.nio.ByteBuffer> sink) {
    return new RangeOpener(key, this, sink);
  }
}
