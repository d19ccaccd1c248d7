package rondo.ring.port;

import java.util.List;
import rondo.ring.placement.Placement;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** The newest layout that this node knows. Thread-safe; never blocks. */
public interface Placements {
  /** The replicas of this partition key; a later call may use a newer layout. */
  Placement of(Bytes partition);

  /**
   * Nodes outside {@link #of} that may hold immutable data of this partition key, the likeliest
   * first. They got it while they were its owners, or from a writer that did not know the newer
   * layout yet. A reader asks them for data that the owners lack.
   */
  default List<NodeId> elsewhere(Bytes partition) {
    return List.of();
  }

  /**
   * The nodes behind {@link #of} on the ring, the next first: those that a sloppy quorum uses in
   * place of owners.
   */
  default List<NodeId> beyond(Bytes partition) {
    return elsewhere(partition);
  }

  /** Whether a node is in the same zone as this one. */
  default boolean isNear(NodeId node) {
    return true;
  }

  /** Whether a node has been silent for so long that no answer is expected of it now. */
  default boolean suspected(NodeId node) {
    return false;
  }

  /** Notes that a replica knows a layout of {@code epoch}, and has it fetched in the background. */
  void stale(long epoch);
}
