package rondo.ring.membership;

/**
 * How far this node is with what a joint epoch gives it.
 *
 * @param epoch in which this move began; 0 when nothing was ever copied since the node started
 * @param done partitions whose rows and chunks are here
 * @param total partitions to copy
 * @param rows copied so far
 * @param chunks copied so far
 * @param bytes of those chunks
 */
public record Progress(long epoch, int done, int total, long rows, long chunks, long bytes) {
  static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);

  Progress plusDone(int partitions) {
    return new Progress(epoch, done + partitions, total, rows, chunks, bytes);
  }

  Progress plusRows(int more) {
    return new Progress(epoch, done, total, rows + more, chunks, bytes);
  }

  Progress plusChunk(long size) {
    return new Progress(epoch, done, total, rows, chunks + 1, bytes + size);
  }
}
