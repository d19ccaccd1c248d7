package rondo.ring.coordinate;

/** How much agreement a read waits for. */
public enum Level {
  /** A quorum, and what was read is on a quorum before it is answered. */
  LINEARIZABLE,
  /** A quorum, without writing back. */
  QUORUM,
  /**
   * For a quorum of the replicas in the caller's zone. Answered like {@link #QUORUM} as yet, which
   * is slower and never weaker: placements don't name zones.
   */
  LOCAL_QUORUM,
  /** The first replica that answers. */
  ONE,
  /**
   * Every replica: also sees what was never acknowledged but may still win, and is refused when a
   * single one is silent. For whoever destroys what no state names.
   */
  ALL
}
