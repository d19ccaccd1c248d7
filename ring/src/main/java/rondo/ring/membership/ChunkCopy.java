package rondo.ring.membership;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.register.Bytes;

/**
 * Copies the chunks of some partitions, which have the same old owners, to this node. Enough old
 * owners are listed to find everything that a write quorum of them holds. Copying twice does no
 * harm. Used by one thread.
 */
final class ChunkCopy {
  private static final int PAGE = 1000;

  private final Chunks chunks;
  private final NodeId self;
  private final Layout layout;
  private final List<NodeId> owners;
  private final BitSet partitions;
  private final LongConsumer copied;

  ChunkCopy(
      Chunks chunks,
      NodeId self,
      Layout layout,
      List<NodeId> owners,
      BitSet partitions,
      LongConsumer copied) {
    this.chunks = chunks;
    this.self = self;
    this.layout = layout;
    this.owners = owners;
    this.partitions = partitions;
    this.copied = copied;
  }

  /** How it ended. */
  enum End {
    DONE,
    /** Too few old owners could be listed. */
    UNREACHABLE,
    /** A chunk was nowhere whole. */
    DAMAGED
  }

  End run() {
    int listed = owners.contains(self) ? 1 : 0;
    boolean whole = true;
    for (NodeId owner : owners) {
      if (!owner.equals(self)) {
        Boolean all = copyFrom(owner);
        listed += all == null ? 0 : 1;
        whole &= all == null || all;
      }
    }
    var from = layout.from().replication();
    if (listed <= from.n() - from.w()) {
      return End.UNREACHABLE;
    }
    return whole ? End.DONE : End.DAMAGED;
  }

  /** Whether all chunks that the owner lists are here now; null when it can't be listed. */
  private @Nullable Boolean copyFrom(NodeId owner) {
    boolean whole = true;
    Bytes after = null;
    do {
      Chunks.Listing page = chunks.list(owner, layout.epoch(), partitions, after, PAGE);
      if (page == null) {
        return null;
      }
      for (Bytes chunk : page.chunks()) {
        whole &= fetch(owner, chunk);
      }
      after = page.next();
    } while (after != null);
    return whole;
  }

  private boolean fetch(NodeId listedBy, Bytes chunk) {
    var sources = new ArrayList<NodeId>(owners);
    sources.remove(self);
    sources.remove(listedBy);
    sources.addFirst(listedBy);
    for (NodeId source : sources) {
      long bytes = chunks.fetch(source, chunk);
      if (bytes > 0) {
        copied.accept(bytes);
      }
      if (bytes >= 0) {
        return true;
      }
    }
    return false;
  }
}
