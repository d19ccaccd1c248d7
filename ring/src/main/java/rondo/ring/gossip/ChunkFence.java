package rondo.ring.gossip;

import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * Holds writes and listings of chunks to the epoch, as {@link RequestFence} does for rows. Once a
 * node has installed an epoch, it takes no more chunks that were placed under the owners of the
 * epoch before. So a listing of the old owners under the new epoch finds every acknowledged chunk.
 * Thread-safe.
 */
public final class ChunkFence {
  /** A layout is fetched in a few round trips. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private final LayoutKeeper keeper;
  private final Time time;

  ChunkFence(LayoutKeeper keeper, Time time) {
    this.keeper = keeper;
    this.time = time;
  }

  /**
   * Runs a write of a chunk that was placed under {@code epoch}. False, without running it, when
   * the chunk's partition has other owners or quorums by now.
   *
   * @param name the name whose hash determines the partition
   */
  public boolean pass(long epoch, Bytes name, Runnable write) {
    Layout layout = keeper.installed();
    return within(layout == null ? epoch : current(layout, epoch, name), write);
  }

  private long current(Layout layout, long epoch, Bytes name) {
    int partition = layout.ring().partitionOf(name);
    boolean same =
        epoch < layout.epoch() && !keeper.touched().between(epoch, layout.epoch(), partition);
    return same ? layout.epoch() : epoch;
  }

  /**
   * Runs {@code action} under exactly this epoch, after all actions under older ones have ended.
   * False, without running it, when a newer epoch is installed here, or this one doesn't arrive in
   * time.
   */
  public boolean within(long epoch, Runnable action) {
    Layout layout = keeper.installed();
    if (layout == null || layout.epoch() < epoch) {
      keeper.stale(epoch);
    }
    @Nullable Reply refusal = keeper.gate().enter(epoch, time.nanos() + PATIENCE_NANOS);
    if (refusal != null) {
      return false;
    }
    try {
      action.run();
      return true;
    } finally {
      keeper.gate().leave(epoch);
    }
  }
}
