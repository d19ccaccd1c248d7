package rondo.ring.placement;

/**
 * The number of copies and the quorums of a class of keys. Every read quorum meets every write
 * quorum, and every two write quorums meet (so that two conditional writes can't both be chosen).
 *
 * @param n copies
 * @param r answers that a read waits for
 * @param w answers that a write waits for
 */
public record Replication(int n, int r, int w) {
  public static final Replication DEFAULT = majority(3);

  public Replication {
    if (n < 1 || n > 127 || r < 1 || r > n || w < 1 || w > n) {
      throw new IllegalArgumentException(
          "R=%d and W=%d must be between 1 and N=%d".formatted(r, w, n));
    }
    if (r + w <= n) {
      throw new IllegalArgumentException(
          "R=%d and W=%d of N=%d: a read could miss a write; R + W must exceed N"
              .formatted(r, w, n));
    }
    if (2 * w <= n) {
      throw new IllegalArgumentException(
          "W=%d of N=%d: two conditional writes could both win; W must be a majority"
              .formatted(w, n));
    }
  }

  public static Replication majority(int n) {
    return new Replication(n, n / 2 + 1, n / 2 + 1);
  }

  /**
   * The replication that is possible on {@code nodes} nodes: this one, or on fewer than {@link #n}
   * majorities of one copy per node.
   */
  public Replication on(int nodes) {
    return nodes >= n ? this : majority(Math.max(1, nodes));
  }

  /** How many nodes may be missing from a set without hiding an acknowledged write. */
  public int spare() {
    return Math.min(r, w) - 1;
  }
}
