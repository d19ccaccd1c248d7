package rondo.ring.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.placement.Replication;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Copies the chunks of some partitions, which have the same old owners, to this node. It lists
 * enough old owners to find every chunk that a write quorum of them holds. Copying twice does no
 * harm. Used by one thread.
 */
final class ChunkCopy {
  private static final int PAGE = 1000;

  private static final int PAGE_TRIES = 3;

  private final ChunkTransfer chunks;
  private final NodeId self;
  private final Layout layout;
  private final PartitionOwners owners;
  private final BitSet partitions;
  private final LongConsumer copied;

  ChunkCopy(
      ChunkTransfer chunks,
      NodeId self,
      Layout layout,
      PartitionOwners owners,
      BitSet partitions,
      LongConsumer copied) {
    this.chunks = chunks;
    this.self = self;
    this.layout = layout;
    this.owners = owners;
    this.partitions = partitions;
    this.copied = copied;
  }

  /** How a copy ended; of two ends, the later one in this order counts. */
  enum End {
    DONE,
    /** No node has a whole copy of some chunk. */
    DAMAGED,
    /** Too few old owners could be listed, or a node that may have a chunk didn't answer. */
    UNREACHABLE;

    End and(End other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  End run() {
    int listed = owners.nodes().contains(self) ? 1 : 0;
    End end = End.DONE;
    for (NodeId owner : owners.nodes()) {
      if (!owner.equals(self) && !layout.members().isLost(owner)) {
        End copied = copyFrom(owner);
        listed += copied == null ? 0 : 1;
        end = copied == null ? end : end.and(copied);
      }
    }
    // A write quorum took each chunk; with fewer owners since, a read quorum still finds it.
    Replication from = owners.replication();
    return listed < Math.max(from.r(), from.n() - from.w() + 1) ? End.UNREACHABLE : end;
  }

  /** Copies all chunks that the owner lists; null when it can't be listed. */
  private @Nullable End copyFrom(NodeId owner) {
    End end = End.DONE;
    Bytes after = null;
    do {
      ChunkTransfer.Listing page = list(owner, after);
      if (page == null) {
        return null;
      }
      for (Bytes chunk : page.chunks()) {
        end = end.and(fetch(owner, chunk));
      }
      after = page.next();
    } while (after != null);
    return end;
  }

  /** A page of the owner's chunks; one message that is lost doesn't cost the pages before it. */
  private ChunkTransfer.@Nullable Listing list(NodeId owner, @Nullable Bytes after) {
    ChunkTransfer.Listing page = null;
    for (int i = 0; i < PAGE_TRIES && page == null; i++) {
      page = chunks.list(owner, layout.epoch(), partitions, after, PAGE);
    }
    return page;
  }

  private End fetch(NodeId listedBy, Bytes chunk) {
    var sources = new ArrayList<NodeId>(owners.nodes());
    sources.remove(self);
    sources.remove(listedBy);
    sources.addFirst(listedBy);
    End end = End.DAMAGED;
    for (NodeId source : sources) {
      long bytes = chunks.fetch(source, chunk);
      if (bytes > 0) {
        copied.accept(bytes);
      }
      if (bytes >= 0) {
        return End.DONE;
      }
      boolean silent = bytes == ChunkTransfer.SILENT && !layout.members().isLost(source);
      end = end.and(silent ? End.UNREACHABLE : End.DAMAGED);
    }
    return end;
  }
}
