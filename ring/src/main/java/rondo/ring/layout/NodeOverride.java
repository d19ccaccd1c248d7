package rondo.ring.layout;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/**
 * The operator's settings for one node. They override the node's description of itself, also when
 * the node comes back later.
 *
 * @param zone null: the zone that the node names
 * @param capacityBytes {@link #OWN}: the capacity that the node names
 */
public record NodeOverride(NodeId node, @Nullable String zone, long capacityBytes, Stay stay) {
  static final long OWN = -1;

  /** Whether the node is to be a member. */
  public enum Stay {
    STAYS,
    /**
     * The node hands over its partitions, helps as far as it can, and then is no longer a member.
     */
    LEAVES,
    /** The node is gone for good: no node asks it or listens to it. */
    LOST
  }

  static NodeOverride none(NodeId node) {
    return new NodeOverride(node, null, OWN, Stay.STAYS);
  }

  boolean isNone() {
    return equals(none(node));
  }

  Node applyTo(Node told) {
    long capacity = capacityBytes == OWN ? told.capacityBytes() : capacityBytes;
    return new Node(
        told.id(),
        told.life(),
        zone == null ? told.zone() : zone,
        stay == Stay.STAYS ? capacity : 0,
        told.address(),
        told.s3Address());
  }
}
