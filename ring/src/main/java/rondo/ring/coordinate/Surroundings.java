package rondo.ring.coordinate;

import rondo.ring.placement.NodeId;
import rondo.ring.placement.Quorums;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.version.HybridClock;

/** What every operation of one coordinator needs. */
record Surroundings(
    NodeId self,
    HybridClock clock,
    Placements placements,
    Network network,
    Tasks tasks,
    Time time,
    Randomness chance,
    Suspects suspects,
    Shown shown,
    Whereabouts whereabouts,
    long attemptNanos) {
  /** So long whoever can do without waits for owners before they are suspected. */
  private static final long SLOPPY_ATTEMPT_NANOS = 300_000_000L;

  Surroundings with(Whereabouts others) {
    return new Surroundings(
        self,
        clock,
        placements,
        network,
        tasks,
        time,
        chance,
        suspects,
        shown,
        others,
        attemptNanos);
  }

  Surroundings with(Quorums quorums) {
    if (quorums.equals(Quorums.OF_LAYOUT)) {
      return this;
    }
    return new Surroundings(
        self,
        clock,
        new Demanding(placements, quorums),
        network,
        tasks,
        time,
        chance,
        suspects,
        shown,
        whereabouts,
        attemptNanos);
  }

  /** Whoever is silent is done without, as long as {@code least} nodes are left. */
  Surroundings sloppy(int least) {
    return new Surroundings(
        self,
        clock,
        new Sloppy(placements, suspects, least),
        network,
        tasks,
        time,
        chance,
        suspects,
        shown,
        whereabouts,
        SLOPPY_ATTEMPT_NANOS);
  }

  boolean isSloppy() {
    return attemptNanos != Long.MAX_VALUE;
  }

  /** When a round of an operation ends that has until then. */
  long until(long deadlineNanos) {
    return isSloppy() ? Math.min(deadlineNanos, time.nanos() + attemptNanos) : deadlineNanos;
  }

  /** Waits so long, on the operation's own virtual thread. */
  void pause(long nanos) {
    tasks.<Object>mailbox().take(time.nanos() + nanos);
  }
}
