package rondo.ring.message;

import rondo.ring.value.NodeId;

/**
 * A node's state, which the node announces itself and others pass on (gossip).
 *
 * @param incarnation grows with every start of the node, and when the node hears that it is
 *     suspected
 * @param beat grows with every round of gossip of the node in one incarnation; above {@link
 *     #RELEASE_SHIFT} stands the release of its program, which programs without one leave at 0
 * @param epoch of the newest layout that is installed on the node; 0 before its first
 * @param active the epoch of the newest layout that the node may use
 * @param copied the epoch in which a layout change began all of whose partitions the node has
 *     copied
 * @param suspected whether the node that passes this on has heard too little of it
 */
public record NodeState(
    NodeId node,
    long incarnation,
    long beat,
    long epoch,
    long active,
    long copied,
    boolean suspected) {
  /** The most states in one message, whatever the cluster's size. */
  public static final int MOST = 32;

  /** The bytes of a state in a message. */
  static final int BYTES = 6 * Long.BYTES + 1;

  /** A beat has 48 bits, which no node's rounds in one life exceed. */
  private static final int RELEASE_SHIFT = 48;

  /** The bits for refutations in one start: the incarnations of the next one are above them all. */
  private static final int START_BITS = 20;

  /** The first incarnation of a node's start. */
  public static long incarnation(long start) {
    return start << START_BITS;
  }

  /** The number of the start that an incarnation is of. */
  public static long start(long incarnation) {
    return incarnation >> START_BITS;
  }

  /** The beat of a round of gossip of a program of this release. */
  public static long beat(int release, long round) {
    return (long) release << RELEASE_SHIFT | round;
  }

  /** The rounds of gossip of the node in this incarnation. */
  public long round() {
    return beat & ((1L << RELEASE_SHIFT) - 1);
  }

  /** The release of the node's program; 0 from one that announces none. */
  public int release() {
    return (int) (beat >>> RELEASE_SHIFT);
  }

  /** Whether this is later news of the node than {@code other}. */
  public boolean isLaterThan(NodeState other) {
    return incarnation != other.incarnation ? incarnation > other.incarnation : beat > other.beat;
  }

  /** The later of the two states, with the higher of their epochs, since epochs only grow. */
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
