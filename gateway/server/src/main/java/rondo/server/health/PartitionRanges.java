package rondo.server.health;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Writes sets of partitions for people. */
public final class PartitionRanges {
  private PartitionRanges() {}

  /** Writes a set as ranges, such as "0-3, 9". */
  public static String of(BitSet set) {
    return of(set, Integer.MAX_VALUE);
  }

  /**
   * Writes a set as ranges, such as "0-3, 9, ...".
   *
   * @param most how many ranges, before three dots stand for the rest
   */
  static String of(BitSet set, int most) {
    List<String> ranges = new ArrayList<>();
    for (int from = set.nextSetBit(0); from >= 0; from = set.nextSetBit(set.nextClearBit(from))) {
      if (ranges.size() == most) {
        ranges.add("...");
        break;
      }
      int last = set.nextClearBit(from) - 1;
      ranges.add(from == last ? "" + from : from + "-" + last);
    }
    return String.join(", ", ranges);
  }
}
