package rondo.store.chunk;

/**
 * What is known of the chunks that this node should hold.
 *
 * @param whole the last look at all peers found nothing that is missing here
 * @param lacking chunks that rows name and that aren't here; while a look goes on, those that
 *     nobody names may be among them
 * @param unreachable partitions, once per peer, whose chunks there can't be listed
 * @param oldestNanos since when something is missing or somebody can't be asked
 * @param copied chunks that were brought here since the node started
 * @param bytes of those
 */
public record ChunkStatus(
    boolean whole, long lacking, long unreachable, long oldestNanos, long copied, long bytes) {
  static final ChunkStatus UNKNOWN = new ChunkStatus(false, 0, 0, 0, 0, 0);
}
