package rondo.ring.coordinate.quorums;

import java.util.List;
import java.util.stream.Stream;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * The layout's placements as far as they can be reached: the sloppy quorum of Dynamo (SOSP 2007,
 * section 4.6). As long as enough owners aren't suspected, their quorum decides. Otherwise the next
 * nodes on the ring replace the suspected ones, and all reachable nodes form the quorum, if they
 * are at least {@code least}.
 */
public record SloppyQuorums(Placements layout, SuspectedNodes suspects, int least)
    implements DelegatingPlacements {
  @Override
  public Placement of(Bytes partition) {
    Placement strict = layout.of(partition);
    return new Placement(
        strict.epoch(),
        reachable(strict.readSets(), partition),
        reachable(strict.writeSets(), partition));
  }

  private List<ReplicaSet> reachable(List<ReplicaSet> sets, Bytes partition) {
    return sets.stream().map(set -> reachable(set, partition)).toList();
  }

  private ReplicaSet reachable(ReplicaSet owners, Bytes partition) {
    int up = (int) owners.nodes().stream().filter(node -> !suspects.suspected(node)).count();
    int missing = owners.nodes().size() - up;
    if (up >= owners.needed()) {
      return owners;
    }
    List<NodeId> substitutes =
        layout.beyond(partition).stream()
            .filter(node -> !owners.nodes().contains(node) && !suspects.suspected(node))
            .limit(missing)
            .toList();
    int reached = Math.min(owners.needed(), up + substitutes.size());
    return new ReplicaSet(
        Stream.concat(owners.nodes().stream(), substitutes.stream()).toList(),
        Math.min(owners.nodes().size(), Math.max(least, reached)));
  }
}
