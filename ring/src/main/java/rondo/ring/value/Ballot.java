package rondo.ring.value;

import java.util.Comparator;

/**
 * A Paxos ballot. The higher one wins, and no two proposers ever use equal ones.
 *
 * @param round a tick of the proposer's {@code HybridClock}
 * @param node the proposer's node id; breaks ties between equal rounds
 */
public record Ballot(long round, long node) implements Comparable<Ballot> {
  public static final Ballot NONE = new Ballot(0, 0);

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::round).thenComparingLong(Ballot::node);

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }
}
