package rondo.ring.placement;

import java.util.List;

/**
 * What partitions have in common that are held by the same nodes under the same rule.
 *
 * @param nodes {@code replication.n} of them, sorted
 */
public record Owners(List<NodeId> nodes, Replication replication) {
  public Owners {
    nodes = List.copyOf(nodes);
  }
}
