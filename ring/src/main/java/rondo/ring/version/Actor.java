package rondo.ring.version;

import java.util.Comparator;

/**
 * A node during one life of its {@link DotSource}. Each of its writes to a key has seen its earlier
 * writes to that key.
 */
record Actor(long node, long life) implements Comparable<Actor> {
  private static final Comparator<Actor> ORDER =
      Comparator.comparingLong(Actor::node).thenComparingLong(Actor::life);

  @Override
  public int compareTo(Actor other) {
    return ORDER.compare(this, other);
  }
}
