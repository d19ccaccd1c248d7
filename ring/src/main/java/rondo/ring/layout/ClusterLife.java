package rondo.ring.layout;

/**
 * One life of a cluster. The first begins when it is founded. Each rescue begins another one, which
 * goes on without nodes that were gone for good and that a quorum would have needed.
 *
 * <p>The number of the life stands in the upper bits of all its epochs, so that they outrank every
 * epoch that the nodes left behind could still agree on. Where an operator lets two parts of one
 * cluster begin lives without each other, chance tells their epochs apart, and the lower one ends
 * as soon as the two meet.
 *
 * @param number 1 for the first
 * @param firstEpoch the epoch in which it began
 * @param floorMicros no node of this life gives a stamp whose time isn't beyond this one, which is
 *     beyond all stamps of the lives before; microseconds since 1970
 * @param begunMicros when it began, by the clock of the node that began it; 0 for the first
 */
public record ClusterLife(int number, long firstEpoch, long floorMicros, long begunMicros) {
  public static final ClusterLife FIRST = new ClusterLife(1, 1, 0, 0);

  /** A cluster that changes its layout every minute has enough epochs in one life for a year. */
  private static final int EPOCH_BITS = 20;

  /** The bits of chance in the first epoch of a life. */
  private static final int CHANCE_BITS = 18;

  /** Epochs count conditional writes in stamps, which have 31 bits for that. */
  private static final int MOST = 1 << (31 - EPOCH_BITS);

  /** The number of chances of {@link #after}. */
  public static final int CHANCES = 1 << CHANCE_BITS;

  /**
   * The life that follows.
   *
   * @param chance from 0 to {@link #CHANCES}, exclusive
   * @throws IllegalArgumentException with a message in one line, when there were too many lives
   */
  public ClusterLife after(int chance, long floorMicros, long nowMicros) {
    if (number >= MOST) {
      throw new IllegalArgumentException("a cluster can't be rescued more than " + MOST + " times");
    }
    long epoch = ((long) number << EPOCH_BITS) + 1 + chance;
    return new ClusterLife(number + 1, epoch, floorMicros, nowMicros);
  }

  /** What a node hears that this life has left behind, in a sentence. */
  public String farewell() {
    return ("'rondo rescue' has begun life %d of the cluster without this node, or the node was"
            + " given up since: keep its data folder until nothing is missed, and start it with"
            + " an empty one")
        .formatted(number);
  }
}
