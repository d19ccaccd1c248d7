package rondo.store.snapshot;

import java.util.List;
import java.util.Set;
import rondo.ring.value.NodeId;

/**
 * The nodes whose snapshots together are one of the cluster, in one layout.
 *
 * @param epoch of the layout
 * @param nodes all of them
 * @param quorums of the layout
 */
public record SnapshotMembers(long epoch, List<NodeId> nodes, Quorums quorums) {
  /** Says whether nodes are enough. */
  @FunctionalInterface
  public interface Quorums {
    /** Why these nodes have no read quorum of some key, in words; empty when they have of all. */
    String shortage(Set<NodeId> nodes);
  }

  public SnapshotMembers {
    nodes = List.copyOf(nodes);
  }
}
