package rondo.ring.repair;

import static java.util.Objects.requireNonNull;

import java.util.List;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Placement;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** The placements of a layout that never changes; its nodes are 1, 2 and so on. */
public record SettledLayout(Layout layout) implements Placements {
  public static SettledLayout of(Ring ring, int nodes, Replication wish) {
    Layout layout = Layout.first("cluster", ring, node(1), wish);
    for (int i = 2; i <= nodes; i++) {
      layout = requireNonNull(layout.next(layout.members().with(node(i))));
      while (layout.joint()) {
        layout = layout.settled();
      }
    }
    return new SettledLayout(layout);
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "", 1L << 40, "node-" + id, "");
  }

  @Override
  public Placement of(Bytes partition) {
    return layout.placement(layout.ring().partitionOf(partition));
  }

  @Override
  public List<NodeId> beyond(Bytes partition) {
    return layout.beyond(layout.ring().partitionOf(partition));
  }

  @Override
  public void stale(long epoch) {}
}
