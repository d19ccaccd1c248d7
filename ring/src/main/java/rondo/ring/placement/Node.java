package rondo.ring.placement;

import rondo.ring.value.NodeId;

/**
 * A member of the cluster, as the layout names it.
 *
 * @param life the node's name, and which life of it this is
 * @param zone nodes of one zone fail together; copies go to distinct zones first
 * @param capacityBytes the bytes that it offers, which determine its share of the partitions; 0 for
 *     a node that holds no data and has no vote (a gateway, or a node on its way out)
 * @param address "host:port" for other nodes
 * @param s3Address "host:port" for clients, empty when it serves none
 */
public record Node(
    NodeId id, Life life, String zone, long capacityBytes, String address, String s3Address) {
  public Node {
    if (capacityBytes < 0) {
      throw new IllegalArgumentException("capacity " + capacityBytes);
    }
  }

  /** A node that tells no name, as those of older versions. */
  public Node(NodeId id, String zone, long capacityBytes, String address, String s3Address) {
    this(id, Life.UNNAMED, zone, capacityBytes, address, s3Address);
  }

  public Node withCapacity(long bytes) {
    return new Node(id, life, zone, bytes, address, s3Address);
  }

  /** This node as the life of that number of its name. */
  public Node numbered(long number) {
    return living(life.numbered(number));
  }

  /** This node with another name, or another life of it. */
  public Node living(Life other) {
    return new Node(id, other, zone, capacityBytes, address, s3Address);
  }

  /** The node's name; empty when it has told none. */
  public String name() {
    return life.name();
  }

  /** The word for this node in all that people read: its name, or its id where it has none. */
  public String label() {
    return life.isNamed() ? life.name() : id.toString();
  }

  public boolean isStorage() {
    return capacityBytes > 0;
  }
}
