package rondo.ring.placement;

import java.util.List;
import rondo.ring.value.NodeId;

/**
 * The owners of a partition, with its replication. Partitions on the same nodes with the same
 * replication have equal owners.
 *
 * @param nodes {@code replication.n} of them, sorted
 */
public record PartitionOwners(List<NodeId> nodes, Replication replication) {
  public PartitionOwners {
    nodes = List.copyOf(nodes);
  }
}
