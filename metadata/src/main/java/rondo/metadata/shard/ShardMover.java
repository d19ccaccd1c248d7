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
 * moves one tail, a merge whole neighbours, a renewal one shard. Thread-safe; blocks.
 *
 * <ol>
 *   <li>The move is written into the bucket's row, which has room for one. Only while it is there
 *       can the move complete; giving it up means to remove it there.
 *   <li>The sources' fences name the tail, and so many replicas that they meet every quorum journal
 *       its changes.
 *   <li>Their rows are copied, and then the changes made meanwhile, until these are few.
 *   <li>The tail is closed at these replicas. From now on no write in it is acknowledged, no read
 *       answered, and no proposal chosen, so the last changes complete the copy: each write
 *       acknowledged before is at one of these replicas, and so is each proposal chosen before,
 *       which is finished ({@link NewestRow#settled}).
 *   <li>The bucket's row names the new shard. A request to a source is refused, and its sender
 *       reads the bucket's row.
 * </ol>
 */
public final class ShardMover {
  private final MoveRegistry registry;
  private final MoveRequests asking;
  private final Placements placements;
  private final LongConsumer pace;
  private final long longestNanos;

  /**
   * @param pace called with the bytes of every batch that was copied; may wait
   * @param longestNanos bound on the duration of every operation on a row
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
   * The result of a move.
   *
   * @param why the reason for giving it up; null when it is done
   * @param rows how many were copied
   * @param closedNanos how long the keys were closed
   */
  public record Result(@Nullable String why, long rows, long closedNanos) {
    public boolean isDone() {
      return why == null;
    }
  }

  /**
   * Moves the sources' tails into the target.
   *
   * @param move sources: ranges as the bucket's row has them, where the first may begin later;
   *     attempt and target: 16 random bytes each, never used before
   */
  public Result move(String bucket, ShardMove move) {
    return move(bucket, move, -1);
  }

  /**
   * Moves the sources' tails and leaves behind the tombstones that all replicas have: keys of a
   * fresh shard are registers that were never written. The move takes at least as long as the
   * longest operation, since a write that began before a delete and ended in the new shard would
   * bring back the deleted row.
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

  /** Gives a move up, no matter which node began it. */
  public void giveUp(String bucket, ShardMove move) {
    new TailLocator(registry).giveUp(bucket, move);
  }
}
