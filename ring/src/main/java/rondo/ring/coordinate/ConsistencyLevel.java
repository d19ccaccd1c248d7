package rondo.ring.coordinate;

/**
 * How much agreement a read waits for. The levels are in ascending strength. A read that doesn't
 * find a state that its session has seen asks again at stronger levels until it does.
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
  /** A quorum; a write quorum holds the state before the read returns it. */
  LINEARIZABLE,
  /**
   * Every replica. Such a read also sees writes that were never acknowledged and may still win, and
   * is refused when one replica is silent. It serves callers that destroy data that no state names.
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
