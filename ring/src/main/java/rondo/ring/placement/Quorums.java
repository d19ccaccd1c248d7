package rondo.ring.placement;

import java.util.List;

/**
 * How many answers are asked for where that is more than the layout asks: of a set with fewer nodes
 * all of them. It is never less, and that is why nobody has to agree on it: a quorum of whoever
 * asks for more contains one of whoever doesn't know of it, so that every two of them meet as the
 * layout's do, while it is changed, too, and what fences quorums of the layout fences these.
 *
 * @param r answers that a read waits for, at least 1
 * @param w answers that a write waits for, at least 1
 */
public record Quorums(int r, int w) {
  /** As the layout has them. */
  public static final Quorums OF_LAYOUT = new Quorums(1, 1);

  public Quorums {
    if (r < 1 || w < 1) {
      throw new IllegalArgumentException("R=%d and W=%d must be at least 1".formatted(r, w));
    }
  }

  /** The placement, with larger quorums where it has smaller ones. */
  public Placement of(Placement layout) {
    return new Placement(
        layout.epoch(), raised(layout.readSets(), r), raised(layout.writeSets(), w));
  }

  private static List<ReplicaSet> raised(List<ReplicaSet> sets, int least) {
    return sets.stream()
        .map(set ->
            new ReplicaSet(
                set.nodes(), Math.max(set.needed(), Math.min(least, set.nodes().size()))))
        .toList();
  }
}
