package rondo.ring.streaming;

/**
 * A node's progress in copying the partitions that a joint epoch gives it.
 *
 * @param epoch in which this move began; 0 when nothing was copied since the node started
 * @param done partitions whose rows and chunks are here
 * @param total partitions to copy
 * @param rows copied so far
 * @param chunks copied so far
 * @param bytes of those chunks
 * @param secondsLeft the time remaining, estimated from the partitions so far; {@link #UNKNOWN}
 *     before the first
 */
public record MoveProgress(
    long epoch, int done, int total, long rows, long chunks, long bytes, long secondsLeft) {
  static final long UNKNOWN = -1;
  static final MoveProgress NONE = new MoveProgress(0, 0, 0, 0, 0, 0, 0);

  /**
   * @param nanos the time since the first partition began
   */
  MoveProgress plusDone(int partitions, long nanos) {
    int now = done + partitions;
    long left = (long) (nanos / 1e9 * (total - now) / Math.max(1, now));
    return new MoveProgress(epoch, now, total, rows, chunks, bytes, left);
  }

  MoveProgress plusRows(int more) {
    return new MoveProgress(epoch, done, total, rows + more, chunks, bytes, secondsLeft);
  }

  MoveProgress plusChunk(long size) {
    return new MoveProgress(epoch, done, total, rows, chunks + 1, bytes + size, secondsLeft);
  }
}
