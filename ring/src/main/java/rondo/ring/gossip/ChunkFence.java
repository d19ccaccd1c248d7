package rondo.ring.gossip;

import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * Holds writes and listings of chunks to the epoch, as rows are held to it: once a node has
 * installed an epoch, no chunk comes there any more for owners that the epoch before had. So who
 * lists the old owners under the new epoch finds every chunk that was acknowledged. Thread-safe.
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
   * Makes a chunk durable that was placed under {@code epoch}; false, without doing so, when
   * another rule decides about its partition by now.
   *
   * @param name what the partition is the hash of
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
   * Does something under exactly this epoch, after all that was done here under older ones; false,
   * without doing so, when a newer one is installed here, or this one doesn't come.
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
