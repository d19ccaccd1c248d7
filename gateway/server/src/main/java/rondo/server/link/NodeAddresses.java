package rondo.server.link;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;
import rondo.server.config.HostPort;
import rondo.store.transport.PeerAddresses;

/**
 * Where nodes are reached: members where the layout says, seeds where the operator says. A seed has
 * a negative id, since the node that answers there is not known yet. Thread-safe.
 *
 * @param layouts the newest layout that is installed here; null before the first
 */
public record NodeAddresses(List<HostPort> seeds, Supplier<@Nullable Layout> layouts)
    implements PeerAddresses {
  /** The id of the seed at this place of the list: never a real node's. */
  public static NodeId seed(int index) {
    return new NodeId(-1L - index);
  }

  @Override
  public @Nullable String of(NodeId id) {
    if (id.value() < 0) {
      return seeds.get((int) (-1 - id.value())).toString();
    }
    Layout layout = layouts.get();
    Node node = layout == null ? null : layout.node(id);
    return node == null ? null : node.address();
  }
}
