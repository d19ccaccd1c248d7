package rondo.ring.coordinate;

import java.util.List;
import rondo.ring.placement.NodeId;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Placements;
import rondo.ring.register.Bytes;

/** The layout, with quorums at least so large. */
record Demanding(Placements layout, Quorums quorums) implements Placements {
  @Override
  public Placement of(Bytes partition) {
    return quorums.of(layout.of(partition));
  }

  @Override
  public List<NodeId> elsewhere(Bytes partition) {
    return layout.elsewhere(partition);
  }

  @Override
  public List<NodeId> beyond(Bytes partition) {
    return layout.beyond(partition);
  }

  @Override
  public boolean isNear(NodeId node) {
    return layout.isNear(node);
  }

  @Override
  public void stale(long epoch) {
    layout.stale(epoch);
  }
}
