package rondo.ring.membership;

import java.util.List;
import rondo.ring.gossip.PeerRecord;
import rondo.ring.gossip.RoundRecord;
import rondo.ring.message.NodeState;

/** The rounds of gossip that a simulated disk has recorded, this node's and the others'. */
final class SimulatedRounds implements PeerRecord {
  /** The most rounds that the last start may have told. */
  long count;

  private long start = -1;
  private List<NodeState> heard = List.of();

  @Override
  public List<NodeState> load() {
    return heard;
  }

  @Override
  public void keep(List<NodeState> states) {
    heard = states;
  }

  /** A disk with the same record, which goes its own way. */
  SimulatedRounds copy() {
    var copy = new SimulatedRounds();
    copy.count = count;
    copy.start = start;
    copy.heard = heard;
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
