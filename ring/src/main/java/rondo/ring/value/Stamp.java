package rondo.ring.value;

import java.util.Comparator;
import rondo.ring.version.HybridClock;

/**
 * The place of a write in a key's total order (the carstamp of Gryff, NSDI 2020, section 3.2).
 *
 * @param time a tick of {@link HybridClock}, microseconds since 1970 where clocks are sane; 0 or
 *     more
 * @param node the coordinator's node id; breaks ties between equal times
 * @param rmw how many conditional writes stand on top of that write
 */
public record Stamp(long time, long node, int rmw) implements Comparable<Stamp> {
  public static final Stamp ZERO = new Stamp(0, 0, 0);

  private static final Comparator<Stamp> ORDER =
      Comparator.comparingLong(Stamp::time)
          .thenComparingLong(Stamp::node)
          .thenComparingInt(Stamp::rmw);

  /** The stamp of the conditional write that is chosen on top of this one. */
  public Stamp successor() {
    return new Stamp(time, node, rmw + 1);
  }

  @Override
  public int compareTo(Stamp other) {
    return ORDER.compare(this, other);
  }
}
