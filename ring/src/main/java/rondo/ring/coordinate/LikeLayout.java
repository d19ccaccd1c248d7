package rondo.ring.coordinate;

import java.util.List;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Placements;
import rondo.ring.register.Bytes;

/** The layout in all but where it asks for quorums. */
interface LikeLayout extends Placements {
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
  default void stale(long epoch) {
    layout().stale(epoch);
  }
}
