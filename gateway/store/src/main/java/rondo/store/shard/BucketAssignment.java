package rondo.store.shard;

import java.util.List;
import java.util.function.Predicate;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Whose turn it is: of the nodes that hold a bucket's first shard, the first that isn't suspected.
 * Nodes may differ about that for a while; what both do is then done once and found done once.
 * Thread-safe.
 */
public record BucketAssignment(NodeId self, Placements placements, Predicate<NodeId> suspected) {
  /** Whether this node walks the bucket whose first shard this is. */
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
