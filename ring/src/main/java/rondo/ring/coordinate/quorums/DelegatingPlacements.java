package rondo.ring.coordinate.quorums;

import java.util.List;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Placements that take all but their quorums from the layout. */
interface DelegatingPlacements extends Placements {
  Placements layout();

  @Override
  default List<NodeId> elsewhere(Bytes partition) {
    return layout().elsewhere(partition);
  }

  @Override
  default List<NodeId> beyond(Bytes partition) {
    return layout().beyond(partition);
  }

  @Override
  default boolean isNear(NodeId node) {
    return layout().isNear(node);
  }

  @Override
  default boolean suspected(NodeId node) {
    return layout().suspected(node);
  }

  @Override
  default void stale(long epoch) {
    layout().stale(epoch);
  }
}
