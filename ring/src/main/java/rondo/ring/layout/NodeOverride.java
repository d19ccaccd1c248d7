package rondo.ring.layout;

import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;

/**
 * What the operator has said of a node: it stands above what the node says of itself, also when the
 * node comes back later.
 *
 * @param zone null: the one that the node names
 * @param capacityBytes {@link #OWN}: what the node names
 */
public record NodeOverride(NodeId node, @Nullable String zone, long capacityBytes, Stay stay) {
  static final long OWN = -1;

  /** Whether the node is to be a member. */
  public enum Stay {
    STAYS,
    /** It hands over what it holds, helping as it can, and is a member no more. */
    LEAVES,
    /** It is gone for good, and nobody asks or hears it. */
    LOST
  }

  static NodeOverride none(NodeId node) {
    return new NodeOverride(node, null, OWN, Stay.STAYS);
  }

  boolean isNone() {
    return equals(none(node));
  }

  Node of(Node told) {
    long capacity = capacityBytes == OWN ? told.capacityBytes() : capacityBytes;
    return new Node(
        told.id(),
        zone == null ? told.zone() : zone,
        stay == Stay.STAYS ? capacity : 0,
        told.address(),
        told.s3Address());
  }
}
