package rondo.metadata.shard;

import java.util.List;
import java.util.function.UnaryOperator;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.rows.ShardRest;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Placement;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/** Removes the rows that moves have left behind in their sources. Thread-safe; blocks. */
public final class MoveCleaner {
  private final MoveRegistry registry;
  private final MoveRequests asking;
  private final Placements placements;
  private final long pauseNanos;

  /**
   * @param pauseNanos pause between two pages of rows
   */
  public MoveCleaner(
      Coordinator coordinator,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      long pauseNanos) {
    this.registry = new MoveRegistry(coordinator, time);
    this.asking = new MoveRequests(network, tasks, time);
    this.placements = placements;
    this.pauseNanos = pauseNanos;
  }

  /**
   * Removes the rows of {@code rest} from all of their owners, and then the rest from the bucket's
   * row; false when it has to be tried again later.
   */
  public boolean clean(String bucket, ShardRest rest) {
    return clean(rest, fence -> fence)
        && registry.change(bucket, row -> ShardRanges.cleaned(row, rest))
            == MoveRegistry.Ended.DONE;
  }

  /** Removes the rows of a bucket that is gone; false when it has to be tried again later. */
  public boolean clean(GoneBucket gone) {
    return gone.getRestsList().stream()
        .allMatch(rest -> clean(rest, fence -> fence.ofGone(gone.getName(), gone.getId())));
  }

  private boolean clean(ShardRest rest, UnaryOperator<ShardFence> also) {
    Bytes shard = ShardFence.bytes(rest.getShard());
    Bytes from = ShardFence.bytes(rest.getFrom());
    registry.fence(shard, fence -> also.apply(fence.endingAt(from)));
    Placement placement = placements.of(shard);
    if (placement.readSets().size() > 1 || placement.writeSets().size() > 1) {
      return false;
    }
    List<NodeId> owners = placement.writeSets().getFirst().nodes();
    for (NodeId owner : owners) {
      if (!clean(owner, new Request.DropTail(placement.epoch(), shard, from))) {
        return false;
      }
    }
    return true;
  }

  private boolean clean(NodeId owner, Request.DropTail drop) {
    while (asking.ask(owner, drop) instanceof Reply.Rows rows) {
      if (rows.next() == null) {
        return true;
      }
      asking.pause(pauseNanos);
    }
    return false;
  }
}
