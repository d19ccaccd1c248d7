package rondo.ring.placement;

import java.util.List;

/**
 * Quorums that may be larger than the layout's. An operation waits for the larger of both numbers,
 * or for all nodes of a smaller set. The quorums are never smaller than the layout's, so
 * coordinators need not agree on them: a larger quorum contains one of the layout's, and every two
 * of them meet as the layout's do, also while this setting is changed. A fence that stops the
 * layout's quorums stops these too.
 *
 * @param r answers that a read waits for, at least 1
 * @param w answers that a write waits for, at least 1
 */
public record Quorums(int r, int w) {
  /** The layout's own quorums. */
  public static final Quorums OF_LAYOUT = new Quorums(1, 1);

  public Quorums {
    if (r < 1 || w < 1) {
      throw new IllegalArgumentException("R=%d and W=%d must be at least 1".formatted(r, w));
    }
  }

  /** The placement with its smaller quorums raised to these. */
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
