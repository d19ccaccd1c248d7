package rondo.gateway.shard;

import java.util.concurrent.TimeUnit;

/**
 * When shards are split, merged and renewed.
 *
 * @param rows a shard with more is split; neighbours with less than a quarter of it together become
 *     one; one with more tombstones than rows, and than a tenth of this, is renewed; 0: never
 * @param restNanos at least so long between two looks at all buckets
 */
public record ShardSettings(long rows, long restNanos) {
  public ShardSettings(long rows) {
    this(rows, TimeUnit.SECONDS.toNanos(5));
  }
}
