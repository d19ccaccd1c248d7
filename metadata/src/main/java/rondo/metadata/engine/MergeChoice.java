package rondo.metadata.engine;

import java.util.List;

/**
 * Which checkpoints to merge: the newest ones, as far back as each is not much larger than all
 * those before it together. So each row is copied a number of times that grows with the logarithm
 * of the rows. They stand side by side: what is newer goes on hiding what is older.
 */
final class MergeChoice {
  private static final int GROWTH = 2;

  /** A table of more than 2 GiB is more than one file should hold. */
  private static final long MOST_TABLE_BYTES = 2L << 30;

  private MergeChoice() {}

  /**
   * @param checkpoints newest first
   */
  static List<Checkpoint> of(List<Checkpoint> checkpoints) {
    return checkpoints.subList(
        0,
        count(
            checkpoints.stream().map(Checkpoint::bytes).toList(),
            checkpoints.stream().map(Checkpoint::tableBytes).toList()));
  }

  /** How many of the newest to merge: fewer than two when that would be too much for one. */
  static int count(List<Long> bytes, List<Long> tableBytes) {
    int count = 0;
    long sum = 0;
    long table = 0;
    while (count < bytes.size()
        && (count < 2 || bytes.get(count) <= GROWTH * sum)
        && table + tableBytes.get(count) <= MOST_TABLE_BYTES) {
      sum += bytes.get(count);
      table += tableBytes.get(count);
      count++;
    }
    return count;
  }
}
