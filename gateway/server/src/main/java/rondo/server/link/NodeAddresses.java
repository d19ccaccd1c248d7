package rondo.server.link;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.placement.Node;
import rondo.ring.placement.Vacancy;
import rondo.ring.value.NodeId;
import rondo.server.config.HostPort;
import rondo.store.transport.PeerAddresses;

/**
 * Where nodes are reached: members at the address in the layout, seeds at the address that the
 * operator gave. A seed has a negative id, since the node that answers there isn't known yet.
 * Thread-safe.
 *
 * @param layouts the newest layout installed here; null before the first
 */
public record NodeAddresses(List<HostPort> seeds, Supplier<@Nullable Layout> layouts)
    implements PeerAddresses {
  /** The id of the seed at this index of the list: never a real node's id. */
  public static NodeId seed(int index) {
    return new NodeId(-1L - index);
  }

  @Override
  public @Nullable String of(NodeId id) {
    if (Vacancy.is(id)) {
      return null;
    }
    if (id.value() < 0) {
      return seeds.get((int) (-1 - id.value())).toString();
    }
    Layout layout = layouts.get();
    Node node = layout == null ? null : layout.node(id);
    return node == null ? null : node.address();
  }
}
