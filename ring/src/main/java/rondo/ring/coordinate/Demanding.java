package rondo.ring.coordinate;

import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Placements;
import rondo.ring.register.Bytes;

/** The layout, with quorums at least so large. */
record Demanding(Placements layout, Quorums quorums) implements LikeLayout {
  @Override
  public Placement of(Bytes partition) {
    return quorums.of(layout.of(partition));
  }
}
