package rondo.ring.placement;

import rondo.ring.value.NodeId;

/**
 * A member of the cluster, as the layout names it.
 *
 * @param zone nodes of one zone fail together; copies go to distinct zones first
 * @param capacityBytes the bytes that it offers, which determine its share of the partitions; 0 for
 *     a node that holds no data and has no vote (a gateway, or a node on its way out)
 * @param address "host:port" for other nodes
 * @param s3Address "host:port" for clients, empty when it serves none
 */
public record Node(NodeId id, String zone, long capacityBytes, String address, String s3Address) {
  public Node {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("capacity " + capacityBytes);
    }
  }

  public Node withCapacity(long bytes) {
    return new Node(id, zone, bytes, address, s3Address);
  }

  public boolean isStorage() {
    return capacityBytes > 0;
  }
}
