package rondo.ring.value;

import java.util.Comparator;

/** A Paxos ballot: higher wins, and no two coordinators ever use the same. */
public record Ballot(long round, long node) implements Comparable<Ballot> {
  public static final Ballot NONE = new Ballot(0, 0);

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::round).thenComparingLong(Ballot::node);

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }
}
