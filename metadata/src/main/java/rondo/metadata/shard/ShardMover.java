package rondo.metadata.shard;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ShardMove;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Moves the tails of neighbouring shards into a shard of their own while clients write: a split
 * moves one tail, a merge whole neighbours, a renewal one shard. Straight-line code; thread-safe.
 *
 * <ol>
 *   <li>The bucket's row takes the move up, as the only one of the bucket. As long as it has it,
 *       and no longer, the move can come to its end: whoever gives the move up removes it there.
 *   <li>The sources' fences name the tail, and replicas that meet every quorum note what changes.
 *   <li>Their rows are copied, then what has changed meanwhile, until that is little.
 *   <li>The tail is closed at these replicas. From now on nothing in it is acknowledged, answered
 *       or chosen, so that what is copied last is all: what was acknowledged before is at one of
 *       them, and so is what was chosen, which is brought to its end ({@link NewestRow#settled}).
 *   <li>The bucket's row says where the keys are. Whoever asks a source is refused, and looks
 *       there.
 * </ol>
 */
public final class ShardMover {
  private final MoveRegistry registry;
  private final MoveRequests asking;
  private final Placements placements;
  private final LongConsumer pace;
  private final long longestNanos;

  /**
   * @param pace told of the bytes of every batch that was copied; may wait
   * @param longestNanos no operation on a row is under way for longer
   */
  public ShardMover(
      Coordinator coordinator,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      LongConsumer pace,
      long longestNanos) {
    this.registry = new MoveRegistry(coordinator, time);
    this.asking = new MoveRequests(network, tasks, time);
    this.placements = placements;
    this.pace = pace;
    this.longestNanos = longestNanos;
  }

  /**
   * What became of a move.
   *
   * @param why it was given up; null when it is done
   * @param rows that were copied
   * @param closedNanos how long the keys were closed
   */
  public record Result(@Nullable String why, long rows, long closedNanos) {
    public boolean isDone() {
      return why == null;
    }
  }

  /**
   * Moves the sources' tails.
   *
   * @param move sources: ranges as the bucket's row has them, the first one's from perhaps later;
   *     attempt and target: 16 random bytes each, never used before
   */
  public Result move(String bucket, ShardMove move) {
    return move(bucket, move, -1);
  }

  /**
   * Moves the sources' tails without the tombstones that all replicas have: keys of a fresh shard
   * are registers that never were. So it takes as long as the longest operation: a write that began
   * before a delete, and goes on in the new shard, would put back what was deleted.
   */
  public Result renew(String bucket, ShardMove move) {
    return move(bucket, move, longestNanos);
  }

  private Result move(String bucket, ShardMove move, long outlastNanos) {
    var target = new MoveTarget(asking, placements, ShardFence.bytes(move.getTarget()), pace);
    var run = new MoveRun(registry, asking, placements, target, bucket, move, outlastNanos);
    try {
      run.run();
      return new Result(null, target.copied(), run.closedNanos());
    } catch (MoveAbandonedException e) {
      giveUp(bucket, move);
      return new Result(String.valueOf(e.getMessage()), target.copied(), run.closedNanos());
    }
  }

  /** Ends a move that can't go on, whoever began it. */
  public void giveUp(String bucket, ShardMove move) {
    new TailLocator(registry).giveUp(bucket, move);
  }
}
