package rondo.ring.balance;

import java.util.Arrays;

/**
 * An assignment under construction: nodes by index, {@link #NOBODY} where a copy is missing. Not
 * thread-safe.
 */
final class AssignmentDraft {
  static final int NOBODY = -1;

  /** Owners by partition and slot. */
  final int[][] owners;

  /** How many copies each node holds, and how many it should hold. */
  final int[] load;

  final int[] quota;
  private final int[][] before;
  private final int[] zoneOf;
  private final int spread;

  /** The move of one copy from one node to another; either may be {@link #NOBODY}. */
  record CopyMove(int partition, int slot, int from, int to) {}

  /**
   * @param owners the part of the assignment before that is kept
   * @param spread the distinct zones that each partition's copies can be in
   */
  AssignmentDraft(int[][] owners, int[] load, int[] quota, int[] zoneOf, int spread) {
    this.owners = owners;
    this.load = load;
    this.quota = quota;
    this.before = Arrays.stream(owners).map(int[]::clone).toArray(int[][]::new);
    this.zoneOf = zoneOf;
    this.spread = spread;
  }

  int nodes() {
    return quota.length;
  }

  void apply(CopyMove move) {
    if (move.from != NOBODY) {
      load[move.from]--;
    }
    if (move.to != NOBODY) {
      load[move.to]++;
    }
    owners[move.partition][move.slot] = move.to;
  }

  /** Whether a copy on {@code node} would have to be made: the node has none so far. */
  boolean isNew(int p, int node) {
    for (int kept : before[p]) {
      if (kept == node) {
        return false;
      }
    }
    return true;
  }

  /** Whether the partition's copies can still reach the most distinct zones. */
  boolean canSpread(int p) {
    return zonesOf(p, NOBODY) + missing(p) >= spread;
  }

  private int missing(int p) {
    return (int) Arrays.stream(owners[p]).filter(i -> i == NOBODY).count();
  }

  /** Distinct zones of a partition's copies, {@code exceptSlot} left out. */
  int zonesOf(int p, int exceptSlot) {
    int[] set = owners[p];
    int count = 0;
    for (int a = 0; a < set.length; a++) {
      if (a == exceptSlot || set[a] == NOBODY) {
        continue;
      }
      boolean seen = false;
      for (int b = 0; b < a; b++) {
        seen |= b != exceptSlot && set[b] != NOBODY && zoneOf[set[b]] == zoneOf[set[a]];
      }
      count += seen ? 0 : 1;
    }
    return count;
  }

  /** Whether a copy on {@code node} instead of in this slot still lets the partition spread. */
  boolean fits(int p, int slot, int node) {
    int[] set = owners[p];
    boolean sameZone = false;
    for (int a = 0; a < set.length; a++) {
      if (set[a] == node) {
        return false;
      }
      sameZone |= a != slot && set[a] != NOBODY && zoneOf[set[a]] == zoneOf[node];
    }
    int open = missing(p) - (set[slot] == NOBODY ? 1 : 0);
    return zonesOf(p, slot) + (sameZone ? 0 : 1) + open >= spread;
  }
}
