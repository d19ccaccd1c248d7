package rondo.store.chunk;

/**
 * The state of the chunks that this node should hold.
 *
 * @param whole whether the last scan of all peers found no chunk missing here
 * @param lacking chunks that rows name and that are missing here; during a scan the count may
 *     include chunks that no row names
 * @param unreachable partitions whose chunks a peer can't list, counted once per peer
 * @param oldestNanos how long chunks have been missing, or a peer unreachable
 * @param copied chunks that were copied here since the node started
 * @param bytes the size of those
 */
public record ChunkStatus(
    boolean whole, long lacking, long unreachable, long oldestNanos, long copied, long bytes) {
  static final ChunkStatus UNKNOWN = new ChunkStatus(false, 0, 0, 0, 0, 0);

  /** This status, of which it isn't known whether it still holds. */
  ChunkStatus doubted() {
    return new ChunkStatus(false, lacking, unreachable, oldestNanos, copied, bytes);
  }
}
