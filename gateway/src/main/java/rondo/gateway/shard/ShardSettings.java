package rondo.gateway.shard;

import java.util.concurrent.TimeUnit;

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

  public ShardSettings(long rows) {
    this(rows, HOT, TimeUnit.SECONDS.toNanos(5));
  }
}
