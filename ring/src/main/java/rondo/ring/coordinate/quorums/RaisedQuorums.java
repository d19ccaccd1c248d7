package rondo.ring.coordinate.quorums;

import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;

/** The layout's placements, with quorums that are at least {@code quorums}. Thread-safe. */
public record RaisedQuorums(Placements layout, Quorums quorums) implements DelegatingPlacements {
  @Override
  public Placement of(Bytes partition) {
    return quorums.of(layout.of(partition));
  }
}
