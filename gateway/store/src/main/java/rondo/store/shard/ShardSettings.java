package rondo.store.shard;

import java.util.concurrent.TimeUnit;
import rondo.storage.node.ShardCount;

/**
 * When shards are split, merged and renewed.
 *
 * @param rows a shard with more is split; neighbours with less than a quarter of it together become
 *     one; one with more tombstones than rows, and than a tenth of this, is renewed; 0: never
 * @param hotPerSecond a shard that sees more writes for half a minute is split, where that spreads
 *     them over more nodes; one with a quarter of it isn't merged
 * @param restNanos at least so long between two looks at all buckets
 */
public record ShardSettings(long rows, long hotPerSecond, long restNanos) {
  /** About what three nodes that share two cores take of small objects in all. */
  public static final long HOT = 500;

  private static final int QUARTER = 4;
  private static final int TENTH = 10;

  public ShardSettings(long rows) {
    this(rows, HOT, TimeUnit.SECONDS.toNanos(5));
  }

  boolean isLarge(ShardCount count) {
    return count.rows() > rows;
  }

  /** Neighbours with less together become one. */
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
   * Whether nothing else can follow from a shard's size that has seen so many writes since it was
   * counted, or they are less than a tenth of a full one.
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
