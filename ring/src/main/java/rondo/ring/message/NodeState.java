package rondo.ring.message;

import rondo.ring.value.NodeId;

/**
 * What is known of a node: said by itself, and passed on by others.
 *
 * @param incarnation of the node: grows with its every start, and when it hears that it is
 *     suspected
 * @param beat grows with its every round of gossip in one incarnation
 * @param epoch of the newest layout that is installed there; 0 before its first
 * @param active of the newest layout that it may use
 * @param copied it holds everything that the change that began in this epoch gives it
 * @param suspected whether whoever passes this on has heard too little of it
 */
public record NodeState(
    NodeId node,
    long incarnation,
    long beat,
    long epoch,
    long active,
    long copied,
    boolean suspected) {
  /** A message carries no more of them, whatever the cluster's size. */
  public static final int MOST = 32;

  /** In a message. */
  static final int BYTES = 6 * Long.BYTES + 1;

  /** Whether this is later news of the node than {@code other}. */
  public boolean isLaterThan(NodeState other) {
    return incarnation != other.incarnation ? incarnation > other.incarnation : beat > other.beat;
  }

  /** The later of the two, with the highest epochs of both: those only grow. */
  public NodeState and(NodeState other) {
    NodeState later = other.isLaterThan(this) ? other : this;
    return new NodeState(
        node,
        later.incarnation,
        later.beat,
        Math.max(epoch, other.epoch),
        Math.max(active, other.active),
        Math.max(copied, other.copied),
        later.suspected);
  }

  public NodeState suspectedIf(boolean so) {
    return so == suspected
        ? this
        : new NodeState(node, incarnation, beat, epoch, active, copied, so);
  }
}
