package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.rows.ShardRest;
import rondo.ring.value.Bytes;

/**
 * The shards in a bucket's row, each a range of keys. The first keys of shards have no zero byte in
 * them, except the first shard's, so that sort keys that begin with a key and a zero byte are in
 * the key's shard. Pure.
 */
public final class ShardRanges {
  private ShardRanges() {}

  /** Returns the range that holds a key, or the rows whose sort keys begin with it. */
  public static ShardRange of(BucketRow row, Bytes sort) {
    ShardRange found = row.getShards(0);
    for (ShardRange range : row.getShardsList()) {
      if (ShardFence.bytes(range.getFrom()).compareTo(sort) <= 0) {
        found = range;
      }
    }
    return found;
  }

  /** Returns the id of the shard that holds a key. */
  public static Bytes shardOf(BucketRow row, Bytes sort) {
    return ShardFence.bytes(of(row, sort).getId());
  }

  /** Returns the first key behind a range; null for the last range. */
  public static @Nullable Bytes end(BucketRow row, ShardRange range) {
    int next = row.getShardsList().indexOf(range) + 1;
    return next == row.getShardsCount() ? null : ShardFence.bytes(row.getShards(next).getFrom());
  }

  static boolean isMoving(@Nullable BucketRow row, ByteString attempt) {
    return row != null && row.hasMove() && row.getMove().getAttempt().equals(attempt);
  }

  /** Whether the row has a shard of this id. */
  static boolean has(@Nullable BucketRow row, ByteString shard) {
    return row != null
        && row.getShardsList().stream().anyMatch(range -> range.getId().equals(shard));
  }

  /**
   * Returns the row with this move in it; null when the move doesn't fit, or another one goes on,
   * or the bucket is an available one, whose rows may each be at fewer replicas than a quorum.
   */
  static @Nullable BucketRow announced(BucketRow row, ShardMove move) {
    return row.hasMove()
            || row.getAvailable()
            || row.getPhase() != BucketRow.Phase.LIVE
            || !fits(row, move)
        ? null
        : row.toBuilder().setMove(move).build();
  }

  /**
   * Whether the move's sources are tails of neighbouring shards, whole ones except for the first.
   */
  private static boolean fits(BucketRow row, ShardMove move) {
    List<ShardRange> ranges = row.getShardsList();
    int first = ranges.indexOf(of(row, ShardFence.bytes(move.getSources(0).getFrom())));
    if (first + move.getSourcesCount() > ranges.size()) {
      return false;
    }
    for (int i = 0; i < move.getSourcesCount(); i++) {
      ShardRange source = move.getSources(i);
      ShardRange range = ranges.get(first + i);
      if (i == 0 ? !range.getId().equals(source.getId()) : !range.equals(source)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns the row with the moved keys in their own shard; null when the move has been given up.
   */
  static @Nullable BucketRow moved(BucketRow row, ByteString attempt) {
    if (!isMoving(row, attempt) || row.getAvailable() || row.getPhase() != BucketRow.Phase.LIVE) {
      return null;
    }
    ShardMove move = row.getMove();
    var gone = move.getSourcesList().stream().collect(Collectors.toSet());
    var ranges = new ArrayList<>(row.getShardsList());
    ranges.removeIf(gone::contains);
    ranges.add(
        ShardRange.newBuilder()
            .setFrom(move.getSources(0).getFrom())
            .setId(move.getTarget())
            .build());
    ranges.sort(Comparator.comparing(range -> ShardFence.bytes(range.getFrom())));
    var changed = row.toBuilder().clearMove().clearShards().addAllShards(ranges);
    for (ShardRange source : move.getSourcesList()) {
      changed.addRests(ShardRest.newBuilder().setShard(source.getId()).setFrom(source.getFrom()));
    }
    return changed.build();
  }

  /**
   * Returns the row without its move, and with the rows copied so far as a rest to be cleaned; the
   * row as it is when no move goes on.
   */
  public static BucketRow givenUp(BucketRow row) {
    return row.hasMove()
        ? row.toBuilder()
            .clearMove()
            .addRests(ShardRest.newBuilder().setShard(row.getMove().getTarget()))
            .build()
        : row;
  }

  /** Returns the row without {@code rest}; null when it doesn't have it. */
  static @Nullable BucketRow cleaned(BucketRow row, ShardRest rest) {
    int at = row.getRestsList().indexOf(rest);
    return at < 0 ? null : row.toBuilder().removeRests(at).build();
  }
}
