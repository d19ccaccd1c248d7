package rondo.ring.port;

import java.util.List;
import rondo.ring.placement.Placement;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** The newest layout that this node knows. Thread-safe; never blocks. */
public interface Placements {
  /** Where the rows of this partition key live; a later call may know a newer layout. */
  Placement of(Bytes partition);

  /**
   * Nodes outside {@link #of} that may hold immutable data of this partition key, written while
   * they were its owners or by somebody who did not know yet that they no longer are: the likeliest
   * first. They are worth asking for what the owners lack.
   */
  default List<NodeId> elsewhere(Bytes partition) {
    return List.of();
  }

  /** The nodes behind {@link #of} on the ring: whoever stands in for owners, the next first. */
  default List<NodeId> beyond(Bytes partition) {
    return elsewhere(partition);
  }

  /** Whether a node is in the same zone as this one. */
  default boolean isNear(NodeId node) {
    return true;
  }

  /** A replica says that a layout of {@code epoch} exists: fetch it, in the background. */
  void stale(long epoch);
}
