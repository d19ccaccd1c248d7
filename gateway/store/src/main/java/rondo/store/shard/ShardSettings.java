package rondo.store.shard;

import java.util.concurrent.TimeUnit;
import rondo.storage.node.ShardCount;

/**
 * When shards are split, merged and renewed.
 *
 * @param rows a shard with more rows is split; neighbours with less than a quarter of it together
 *     are merged; a shard with more tombstones than rows, and more than a tenth of this, is
 *     renewed; 0 turns all of this off
 * @param hotPerSecond a shard that sees more writes a second for half a minute is split if that
 *     spreads them over more nodes; a shard that sees more than a quarter of it isn't merged
 * @param restNanos the least time between two walks over all buckets
 */
public record ShardSettings(long rows, long hotPerSecond, long restNanos) {
  /** About as many writes of small objects as three nodes on two shared cores take in all. */
  public static final long HOT = 500;

  private static final int QUARTER = 4;
  private static final int TENTH = 10;

  public ShardSettings(long rows) {
    this(rows, HOT, TimeUnit.SECONDS.toNanos(5));
  }

  boolean isLarge(ShardCount count) {
    return count.rows() > rows;
  }

  /** Neighbours with less than this together are merged. */
  long fewRows() {
    return rows / QUARTER;
  }

  boolean isBuried(ShardCount count) {
    return count.tombstones() > Math.max(count.rows(), rows / TENTH);
  }

  boolean isCold(long perSecond) {
    return perSecond <= hotPerSecond / QUARTER;
  }

  /**
   * Whether a shard's count still leads to the same decision after so many further writes, or the
   * writes are less than a tenth of a full shard.
   *
   * @param since writes since the count
   */
  boolean suffices(ShardCount count, long since) {
    long least = count.rows() - since;
    long most = count.rows() + since;
    boolean isSure =
        most <= rows
            && (least >= fewRows() || most < fewRows())
            && count.tombstones() + since <= Math.max(least, rows / TENTH);
    return isSure || since < Math.max(1, rows / TENTH);
  }
}
