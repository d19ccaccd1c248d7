package rondo.metadata.engine.lsm;

import java.util.List;
import rondo.metadata.engine.checkpoint.CheckpointRun;

/**
 * Chooses the runs to merge: the newest ones, as far back as each is not much larger than all newer
 * ones together. So each row is copied a number of times that grows with the logarithm of the
 * number of rows. The chosen runs are adjacent, so that newer rows go on hiding older ones.
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

  /** Returns how many of the newest runs to merge: at least two where there are two. */
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
