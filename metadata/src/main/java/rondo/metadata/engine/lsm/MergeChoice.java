package rondo.metadata.engine.lsm;

import java.util.List;
import rondo.metadata.engine.checkpoint.CheckpointRun;

/**
 * Which runs to merge: the newest ones, as far back as each is not much larger than all those
 * before it together. So each row is copied a number of times that grows with the logarithm of the
 * rows. They stand side by side: what is newer goes on hiding what is older.
 */
final class MergeChoice {
  private static final int GROWTH = 2;

  private MergeChoice() {}

  /**
   * @param runs newest first
   */
  static List<CheckpointRun> of(List<CheckpointRun> runs) {
    return runs.subList(0, count(runs.stream().map(CheckpointRun::bytes).toList()));
  }

  /** How many of the newest to merge, at least two where there are two. */
  static int count(List<Long> bytes) {
    int count = 0;
    long sum = 0;
    while (count < bytes.size() && (count < 2 || bytes.get(count) <= GROWTH * sum)) {
      sum += bytes.get(count);
      count++;
    }
    return count;
  }
}
