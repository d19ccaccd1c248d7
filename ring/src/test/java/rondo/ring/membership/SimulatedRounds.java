package rondo.ring.membership;

import rondo.ring.gossip.RoundRecord;

/** The rounds of gossip that a simulated disk has recorded. */
final class SimulatedRounds {
  /** The most rounds that the last start may have told. */
  long count;

  private long start = -1;

  /** A disk with the same record, which goes its own way. */
  SimulatedRounds copy() {
    var copy = new SimulatedRounds();
    copy.count = count;
    copy.start = start;
    return copy;
  }

  /** The record as the start with that number sees it. */
  RoundRecord of(int born) {
    long before = start;
    long told = count;
    return new RoundRecord() {
      @Override
      public long start() {
        return before;
      }

      @Override
      public long rounds() {
        return told;
      }

      @Override
      public void reserve(long rounds) {
        start = born;
        count = rounds;
      }
    };
  }
}
