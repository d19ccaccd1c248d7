package rondo.ring.placement;

import java.util.List;
import rondo.ring.value.NodeId;

/**
 * What partitions have in common that are held by the same nodes under the same rule.
 *
 * @param nodes {@code replication.n} of them, sorted
 */
public record PartitionOwners(List<NodeId> nodes, Replication replication) {
  public PartitionOwners {
    nodes = List.copyOf(nodes);
  }
}
