package rondo.store.shard;

import java.util.List;
import java.util.function.Predicate;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Assigns each bucket's background work to one node: of the nodes that hold the given shard, the
 * first that isn't suspected, in an order that depends on the shard. Nodes may disagree for a
 * while; work that two of them do is found done by the second. Thread-safe.
 */
public record BucketAssignment(NodeId self, Placements placements, Predicate<NodeId> suspected) {
  /**
   * Whether this node is assigned the work.
   *
   * @param shard the shard, or another partition key, whose holders share the work
   */
  public boolean isMine(Bytes shard) {
    List<NodeId> nodes =
        placements.of(shard).readSets().stream()
            .flatMap(set -> set.nodes().stream())
            .distinct()
            .sorted()
            .toList();
    int first = Math.floorMod(shard.hashCode(), nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      NodeId node = nodes.get((first + i) % nodes.size());
      if (node.equals(self) || !suspected.test(node)) {
        return node.equals(self);
      }
    }
    return false;
  }
}
