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
    Whereabouts whereabouts) {

  Surroundings with(Whereabouts others) {
    return new Surroundings(
        self, clock, placements, network, tasks, time, chance, suspects, shown, others);
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
        whereabouts);
  }

  /** Waits so long, on the operation's own virtual thread. */
  void pause(long nanos) {
    tasks.<Object>mailbox().take(time.nanos() + nanos);
  }
}
