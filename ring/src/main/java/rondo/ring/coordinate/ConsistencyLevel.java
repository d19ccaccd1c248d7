package rondo.ring.coordinate;

/**
 * How much agreement a read waits for. The levels are in ascending strength, and whatever a session
 * has seen is asked of ever stronger ones until it is found.
 */
public enum ConsistencyLevel {
  /** The first replica that answers. */
  ONE,
  /**
   * A quorum of the replicas in the caller's zone ({@link rondo.ring.port.Placements#isNear}); a
   * quorum of all where none is.
   */
  LOCAL_QUORUM,
  /** A quorum, without writing back. */
  QUORUM,
  /** A quorum, and what was read is on a quorum before it is answered. */
  LINEARIZABLE,
  /**
   * Every replica: also sees what was never acknowledged but may still win, and is refused when a
   * single one is silent. For whoever destroys what no state names.
   */
  ALL;

  /** The next stronger level. */
  ConsistencyLevel stronger() {
    return switch (this) {
      case ONE, LOCAL_QUORUM -> QUORUM;
      case QUORUM -> LINEARIZABLE;
      case LINEARIZABLE, ALL -> ALL;
    };
  }
}
