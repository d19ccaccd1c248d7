package rondo.ring.streaming;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Lists, fetches and drops chunks for a layout change. Thread-safe; its methods block. */
public interface ChunkTransfer {
  /** A transfer for nodes without chunks, and for simulations of rows. */
  ChunkTransfer NONE =
      new ChunkTransfer() {
        @Override
        public Listing list(
            NodeId at, long epoch, BitSet partitions, @Nullable Bytes after, int limit) {
          return new Listing(List.of(), null);
        }

        @Override
        public long fetch(NodeId from, Bytes chunk) {
          return 0;
        }

        @Override
        public void drop(List<Bytes> chunks) {}
      };

  /**
   * The ids of the chunks that a node holds of these partitions (a chunk's partition is the hash of
   * its id's bytes), in order; null when it can't be asked.
   *
   * @param epoch the epoch that the node must be in; its requests of older ones must have ended
   * @param after the page starts behind this id; null for the first
   */
  @Nullable Listing list(
      NodeId at, long epoch, BitSet partitions, @Nullable Bytes after, int limit);

  /** Removes chunks from this node, if it has them. */
  void drop(List<Bytes> chunks);

  /** {@link #fetch}: the node has no whole copy. */
  long ABSENT = -1;

  /** {@link #fetch}: the node can't be asked now, or this node can't take the chunk now. */
  long SILENT = -2;

  /**
   * Makes a durable copy of a chunk here, unless there is one already. Returns the bytes that were
   * copied, 0 if the chunk was here, {@link #ABSENT} or {@link #SILENT}.
   */
  long fetch(NodeId from, Bytes chunk);

  /**
   * A page of ids.
   *
   * @param next the id behind which the next page starts, null after the last page
   */
  record Listing(List<Bytes> chunks, @Nullable Bytes next) {}
}
