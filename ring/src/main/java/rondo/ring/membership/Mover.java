package rondo.ring.membership;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * Copies to this node what a joint epoch gives it, and says so when all of it is here. It starts
 * over after a restart, and after a failure: what is here already costs a comparison. One page and
 * one chunk are under way at a time, so that clients keep most of the machine.
 */
final class Mover {
  private static final long TICK_NANOS = 500_000_000L;

  /** A chunk that nobody has whole must not keep the cluster in a joint epoch for ever. */
  private static final int CHUNK_TRIES = 5;

  private final NodeId self;
  private final LayoutKeeper keeper;
  private final Choice choice;
  private final Chunks chunks;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> news;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean stopped;

  Mover(NodeId self, LayoutKeeper keeper, Choice choice, Chunks chunks, Tasks tasks, Time time) {
    this.self = self;
    this.keeper = keeper;
    this.choice = choice;
    this.chunks = chunks;
    this.tasks = tasks;
    this.time = time;
    this.news = tasks.mailbox();
  }

  Progress progress() {
    return progress;
  }

  void wake() {
    news.put(true);
  }

  void stop() {
    stopped = true;
    wake();
  }

  /** The body of the mover's virtual thread; ends after {@link #stop}. */
  void run() {
    while (!stopped) {
      Layout layout = keeper.active();
      if (layout == null || !layout.joint() || keeper.copied() >= layout.epoch()) {
        news.take(time.nanos() + TICK_NANOS);
      } else if (copy(layout)) {
        keeper.copied(layout.epoch());
      } else {
        pause();
      }
    }
  }

  private void pause() {
    tasks.mailbox().take(time.nanos() + TICK_NANOS);
  }

  private boolean copy(Layout layout) {
    BitSet mine = layout.copies(self);
    progress = new Progress(layout.epoch(), 0, mine.cardinality(), 0, 0, 0);
    Map<List<NodeId>, BitSet> groups = new LinkedHashMap<>();
    mine.stream()
        .forEach(p -> groups.computeIfAbsent(layout.from().of(p), it -> new BitSet()).set(p));
    for (var group : groups.entrySet()) {
      if (!copy(layout, group.getKey(), group.getValue())) {
        return false;
      }
      progress = progress.plusDone(group.getValue().cardinality());
    }
    return true;
  }

  private boolean copy(Layout layout, List<NodeId> owners, BitSet partitions) {
    var rows =
        new RowCopy(
            choice,
            keeper,
            time,
            self,
            layout,
            owners,
            partitions,
            count -> progress = progress.plusRows(count));
    boolean here = rows.run();
    var data =
        new ChunkCopy(
            chunks,
            self,
            layout,
            owners,
            partitions,
            bytes -> progress = progress.plusChunk(bytes));
    for (int i = 0; here && i < CHUNK_TRIES; i++) {
      ChunkCopy.End end = data.run();
      if (end != ChunkCopy.End.DAMAGED) {
        return end == ChunkCopy.End.DONE;
      }
      pause();
    }
    return here;
  }
}
