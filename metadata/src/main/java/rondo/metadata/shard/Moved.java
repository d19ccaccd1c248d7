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
import rondo.ring.coordinate.Whereabouts;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/**
 * Where the keys of closed tails are. Waits while they are on their way; a move that keeps its keys
 * closed for long is given up, and what a move that was given up has left closed is opened again.
 * Thread-safe.
 */
public final class Moved implements Whereabouts {
  /** A tail is closed for milliseconds: longer than this its mover is gone. */
  static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST = 1000;

  private final Registry registry;
  private final Map<ByteString, Long> since =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Long> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param coordinator for the rows of buckets and fences, which never move
   */
  public Moved(Coordinator coordinator, Time time) {
    this(new Registry(coordinator, time));
  }

  Moved(Registry registry) {
    this.registry = registry;
  }

  @Override
  public @Nullable Key of(Key closed, long deadlineNanos) {
    // The fence first: an attempt that it names and the row hasn't got any more has ended.
    Fence fence = registry.fence(closed.partition());
    BucketRow row = fence == null ? null : bucket(fence);
    if (fence == null
        || row == null
        || row.getPhase() != BucketRow.Phase.LIVE
        || registry.time().nanos() >= deadlineNanos) {
      return null;
    }
    Bytes shard = Ranges.shardOf(row, closed.sort());
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

  /** Where a key's rows are now that were in a shard once. */
  public Home home(Bytes once, Bytes key) {
    Fence fence = registry.fence(once);
    if (fence == null) {
      return new Home.Unknown();
    }
    if (!fence.refuses(key)) {
      return new Home.In(once);
    }
    String bucket = fence.row().getBucket();
    Registry.Read read = bucket.isEmpty() ? null : registry.bucket(bucket);
    if (read == null) {
      return new Home.Unknown();
    }
    BucketRow row = read.row();
    return row == null || !row.getId().equals(fence.row().getBucketId())
        ? new Home.Nowhere()
        : new Home.In(Ranges.shardOf(row, key));
  }

  /** The row of the bucket whose shard this is; null when it is gone, or can't be read. */
  private @Nullable BucketRow bucket(Fence fence) {
    if (fence.row().getBucket().isEmpty()) {
      return null;
    }
    Registry.Read read = registry.bucket(fence.row().getBucket());
    BucketRow row = read == null ? null : read.row();
    return row == null || !row.getId().equals(fence.row().getBucketId()) ? null : row;
  }

  /** For who met a closed tail while listing: does the same for all shards of the bucket. */
  public void settle(BucketRow row) {
    for (ShardRange range : row.getShardsList()) {
      Bytes shard = Fence.bytes(range.getId());
      Fence fence = registry.fence(shard);
      BucketRow now = fence == null || !fence.isTailClosed() ? null : bucket(fence);
      if (fence != null && now != null && Ranges.has(now, range.getId())) {
        settle(fence, shard, now);
      }
    }
  }

  private void settle(Fence fence, Bytes shard, BucketRow row) {
    if (!fence.isTailClosed()) {
      return;
    }
    ByteString attempt = fence.row().getTail().getAttempt();
    if (Ranges.isMoving(row, attempt)) {
      if (hasWaited(attempt)) {
        giveUp(fence.row().getBucket(), row.getMove());
      }
    } else if (!isBehind(fence, shard, row)) {
      registry.fence(shard, now -> now.without(Fence.bytes(attempt)));
    }
  }

  /** Whether the tail has moved: the shard ends there. */
  private static boolean isBehind(Fence fence, Bytes shard, BucketRow row) {
    for (ShardRange range : row.getShardsList()) {
      if (Fence.bytes(range.getId()).equals(shard)) {
        Bytes end = Ranges.end(row, range);
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

  /** Ends a move: in the bucket's row first, so that it can't come to its end any more. */
  void giveUp(String bucket, ShardMove move) {
    var ended =
        registry.change(
            bucket, row -> Ranges.isMoving(row, move.getAttempt()) ? Ranges.givenUp(row) : null);
    if (ended == Registry.Ended.UNKNOWN) {
      return;
    }
    Registry.Read read = registry.bucket(bucket);
    if (read == null
        || Ranges.isMoving(read.row(), move.getAttempt())
        || Ranges.has(read.row(), move.getTarget())) {
      return;
    }
    Bytes attempt = Fence.bytes(move.getAttempt());
    for (ShardRange source : move.getSourcesList()) {
      if (Ranges.has(read.row(), source.getId())) {
        registry.fence(Fence.bytes(source.getId()), fence -> fence.without(attempt));
      }
    }
  }
}
