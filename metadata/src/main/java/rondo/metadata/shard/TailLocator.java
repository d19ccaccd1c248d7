package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.coordinate.KeyLocator;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * Finds the shard of keys whose tail was closed, and waits while the move goes on. Gives up a move
 * that keeps its keys closed for long, and reopens a tail that was left closed by a move that was
 * given up. Thread-safe; blocks.
 */
public final class TailLocator implements KeyLocator {
  /** A tail is closed for milliseconds: after this time its mover is taken for dead. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST = 1000;

  private final MoveRegistry registry;
  private final Map<ByteString, Long> since =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Long> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param coordinator reads and changes the rows of buckets and the fences, which never move
   */
  public TailLocator(Coordinator coordinator, Time time) {
    this(new MoveRegistry(coordinator, time));
  }

  TailLocator(MoveRegistry registry) {
    this.registry = registry;
  }

  @Override
  public @Nullable Key of(Key closed, long deadlineNanos) {
    // The fence is read first: an attempt in it that the row no longer has must have ended.
    ShardFence fence = registry.fence(closed.partition());
    BucketRow row = fence == null ? null : bucket(fence);
    if (fence == null
        || row == null
        || row.getPhase() != BucketRow.Phase.LIVE
        || registry.time().nanos() >= deadlineNanos) {
      return null;
    }
    Bytes shard = ShardRanges.shardOf(row, closed.sort());
    if (!shard.equals(closed.partition())) {
      return new Key(closed.table(), shard, closed.sort());
    }
    if (fence.isClosed()) {
      return null;
    }
    settle(fence, shard, row);
    registry.coordinator().pause(PAUSE_NANOS);
    return closed;
  }

  /**
   * Returns the shard in which the rows of a key are now.
   *
   * @param once a shard that had them at some time
   */
  public KeyHome home(Bytes once, Bytes key) {
    ShardFence fence = registry.fence(once);
    if (fence == null) {
      return new KeyHome.Unknown();
    }
    if (!fence.refuses(key)) {
      return new KeyHome.In(once);
    }
    String bucket = fence.row().getBucket();
    MoveRegistry.Read read =
        bucket.isEmpty() ? null : registry.kept(bucket, fence.row().getBucketId());
    if (read == null) {
      return new KeyHome.Unknown();
    }
    BucketRow row = read.row();
    return row == null ? new KeyHome.Nowhere() : new KeyHome.In(ShardRanges.shardOf(row, key));
  }

  /**
   * Returns the row of the bucket that the shard belongs to; null when it is gone or can't be read.
   */
  private @Nullable BucketRow bucket(ShardFence fence) {
    if (fence.row().getBucket().isEmpty()) {
      return null;
    }
    MoveRegistry.Read read = registry.bucket(fence.row().getBucket());
    BucketRow row = read == null ? null : read.row();
    return row == null || !row.getId().equals(fence.row().getBucketId()) ? null : row;
  }

  /** Settles the closed tails of all shards of a bucket, for a listing that met one. */
  public void settle(BucketRow row) {
    for (ShardRange range : row.getShardsList()) {
      Bytes shard = ShardFence.bytes(range.getId());
      ShardFence fence = registry.fence(shard);
      BucketRow now = fence == null || !fence.isTailClosed() ? null : bucket(fence);
      if (fence != null && now != null && ShardRanges.has(now, range.getId())) {
        settle(fence, shard, now);
      }
    }
  }

  private void settle(ShardFence fence, Bytes shard, BucketRow row) {
    if (!fence.isTailClosed()) {
      return;
    }
    ByteString attempt = fence.row().getTail().getAttempt();
    if (ShardRanges.isMoving(row, attempt)) {
      if (hasWaited(attempt)) {
        giveUp(fence.row().getBucket(), row.getMove());
      }
    } else if (!isBehind(fence, shard, row)) {
      registry.fence(shard, now -> now.without(ShardFence.bytes(attempt)));
    }
  }

  /** Whether the tail has moved away: the shard ends before it, or is gone. */
  private static boolean isBehind(ShardFence fence, Bytes shard, BucketRow row) {
    for (ShardRange range : row.getShardsList()) {
      if (ShardFence.bytes(range.getId()).equals(shard)) {
        Bytes end = ShardRanges.end(row, range);
        Bytes tail = fence.tail();
        return end != null && tail != null && end.compareTo(tail) <= 0;
      }
    }
    return true;
  }

  private boolean hasWaited(ByteString attempt) {
    long now = registry.time().nanos();
    synchronized (since) {
      return now - since.computeIfAbsent(attempt, it -> now) > PATIENCE_NANOS;
    }
  }

  /** Gives a move up: first in the bucket's row, so that it can no longer complete. */
  void giveUp(String bucket, ShardMove move) {
    var ended =
        registry.change(
            bucket,
            row -> ShardRanges.isMoving(row, move.getAttempt()) ? ShardRanges.givenUp(row) : null);
    if (ended == MoveRegistry.Ended.UNKNOWN) {
      return;
    }
    MoveRegistry.Read read = registry.bucket(bucket);
    if (read == null
        || ShardRanges.isMoving(read.row(), move.getAttempt())
        || ShardRanges.has(read.row(), move.getTarget())) {
      return;
    }
    Bytes attempt = ShardFence.bytes(move.getAttempt());
    for (ShardRange source : move.getSourcesList()) {
      if (ShardRanges.has(read.row(), source.getId())) {
        registry.fence(ShardFence.bytes(source.getId()), fence -> fence.without(attempt));
      }
    }
  }
}
