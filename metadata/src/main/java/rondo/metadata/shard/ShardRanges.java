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
 * The shards in a bucket's row. No first key of a shard but the first one's has a zero byte in it,
 * so that sort keys that begin with a key and a zero byte are in the shard that the key is in.
 * Pure.
 */
public final class ShardRanges {
  private ShardRanges() {}

  /** The range that holds a key, or the rows whose sort keys begin with it. */
  public static ShardRange of(BucketRow row, Bytes sort) {
    ShardRange found = row.getShards(0);
    for (ShardRange range : row.getShardsList()) {
      if (ShardFence.bytes(range.getFrom()).compareTo(sort) <= 0) {
        found = range;
      }
    }
    return found;
  }

  /** The shard that holds a key. */
  public static Bytes shardOf(BucketRow row, Bytes sort) {
    return ShardFence.bytes(of(row, sort).getId());
  }

  /** The first key behind a range; null for the last one. */
  public static @Nullable Bytes end(BucketRow row, ShardRange range) {
    int next = row.getShardsList().indexOf(range) + 1;
    return next == row.getShardsCount() ? null : ShardFence.bytes(row.getShards(next).getFrom());
  }

  static boolean isMoving(@Nullable BucketRow row, ByteString attempt) {
    return row != null && row.hasMove() && row.getMove().getAttempt().equals(attempt);
  }

  /** Whether there is a shard of that id. */
  static boolean has(@Nullable BucketRow row, ByteString shard) {
    return row != null
        && row.getShardsList().stream().anyMatch(range -> range.getId().equals(shard));
  }

  /**
   * The row with that move; null where it doesn't fit, or others go on. In an available bucket
   * there are rows that no quorum of replicas has.
   */
  static @Nullable BucketRow announced(BucketRow row, ShardMove move) {
    return row.hasMove()
            || row.getAvailable()
            || row.getPhase() != BucketRow.Phase.LIVE
            || !fits(row, move)
        ? null
        : row.toBuilder().setMove(move).build();
  }

  /** Whether these are tails of neighbours, all but the first of them whole. */
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

  /** The row with the moved keys in their own shard; null where the move has been given up. */
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

  /** The row without a move, which leaves what it has copied; the same row where none goes on. */
  public static BucketRow givenUp(BucketRow row) {
    return row.hasMove()
        ? row.toBuilder()
            .clearMove()
            .addRests(ShardRest.newBuilder().setShard(row.getMove().getTarget()))
            .build()
        : row;
  }

  /** The row without a rest; null where it isn't there. */
  static @Nullable BucketRow cleaned(BucketRow row, ShardRest rest) {
    int at = row.getRestsList().indexOf(rest);
    return at < 0 ? null : row.toBuilder().removeRests(at).build();
  }
}
