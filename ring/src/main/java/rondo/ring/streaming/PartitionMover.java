package rondo.ring.streaming;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.layout.Layout;
import rondo.ring.message.Row;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.ProposerFactory;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Copies the partitions that a joint epoch gives this node, and announces when all of them are
 * here. After a restart it starts over; after a failure it continues with the partitions that
 * aren't here yet. Data that is here already costs a comparison. Each worker has one page or chunk
 * under way at a time, and all workers together keep to one rate, which leaves clients most of the
 * machine.
 */
public final class PartitionMover {
  private static final long TICK_NANOS = 500_000_000L;

  /** The number of workers: each waits mostly for others' disks and the network. */
  private static final int WORKERS = 4;

  /**
   * How often a damaged chunk is tried: one without a whole copy must not keep the epoch joint for
   * ever.
   */
  private static final int CHUNK_TRIES = 5;

  /**
   * The time after which all live nodes use a settled layout and no longer ask the owners before
   * it.
   */
  public static final long CLEANUP_DELAY_NANOS = 90_000_000_000L;

  private final NodeId self;
  private final LayoutKeeper keeper;
  private final ProposerFactory proposers;
  private final ChunkTransfer chunks;
  private final Cleanup cleanup;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> news;
  private final Throttle throttle;
  private final Set<PartitionShare> done = ConcurrentHashMap.newKeySet();
  private volatile long startedAt;
  private long settledEpoch;
  private long cleanupAt;
  private volatile MoveProgress progress = MoveProgress.NONE;
  private volatile boolean stopped;

  public PartitionMover(
      NodeId self,
      LayoutKeeper keeper,
      ProposerFactory proposers,
      ChunkTransfer chunks,
      Cleanup cleanup,
      Tasks tasks,
      Time time,
      LongSupplier bytesPerSecond) {
    this.self = self;
    this.keeper = keeper;
    this.proposers = proposers;
    this.chunks = chunks;
    this.cleanup = cleanup;
    this.tasks = tasks;
    this.time = time;
    this.news = tasks.mailbox();
    this.throttle = new Throttle(tasks, time, bytesPerSecond);
  }

  public MoveProgress progress() {
    return progress;
  }

  public void wake() {
    news.put(true);
  }

  public void stop() {
    stopped = true;
    wake();
  }

  /** The body of the mover's virtual thread; ends after {@link #stop}. */
  public void run() {
    while (!stopped) {
      Layout layout = keeper.active();
      if (layout == null) {
        news.take(time.nanos() + TICK_NANOS);
      } else if (!layout.joint()) {
        cleanUp(layout);
        news.take(time.nanos() + TICK_NANOS);
      } else if (keeper.copied() >= layout.since()) {
        news.take(time.nanos() + TICK_NANOS);
      } else if (copy(layout)) {
        keeper.copied(layout.since());
      } else {
        pause();
      }
    }
  }

  private void pause() {
    tasks.mailbox().take(time.nanos() + TICK_NANOS);
  }

  /** Partitions that have the same old owners. */
  private record PartitionShare(PartitionOwners owners, BitSet partitions) {}

  private boolean copy(Layout layout) {
    if (progress().epoch() != layout.since()) {
      done.clear();
      startedAt = time.nanos();
      int total = layout.copies(self).cardinality();
      note(it -> new MoveProgress(layout.since(), 0, total, 0, 0, 0, MoveProgress.UNKNOWN));
    }
    var left = new ConcurrentLinkedQueue<PartitionShare>(shares(layout));
    left.removeAll(done);
    Mailbox<Boolean> ends = tasks.mailbox();
    for (int i = 0; i < WORKERS; i++) {
      tasks.start("mover-" + i, () -> runWorker(layout, left, ends));
    }
    boolean all = true;
    for (int ended = 0; ended < WORKERS; ) {
      Boolean end = ends.take(time.nanos() + TICK_NANOS);
      ended += end == null ? 0 : 1;
      all &= !Boolean.FALSE.equals(end);
    }
    return all && !stopped;
  }

  /** Reports its end also when it fails; its exception goes to its thread's handler. */
  private void runWorker(Layout layout, Queue<PartitionShare> left, Mailbox<Boolean> ends) {
    boolean all = false;
    try {
      all = work(layout, left);
    } finally {
      ends.put(all);
    }
  }

  /** Copies shares until none is left; true when all that this worker took are here now. */
  private boolean work(Layout layout, Queue<PartitionShare> left) {
    boolean all = true;
    for (PartitionShare share = left.poll(); share != null && !stopped; share = left.poll()) {
      if (copy(layout, share)) {
        done.add(share);
        int partitions = share.partitions().cardinality();
        note(it -> it.plusDone(partitions, time.nanos() - startedAt));
      } else {
        all = false;
      }
    }
    return all;
  }

  /**
   * The partitions that this node copies, by their old owners, split so that every worker has some.
   */
  private List<PartitionShare> shares(Layout layout) {
    Map<PartitionOwners, BitSet> groups = new LinkedHashMap<>();
    layout.copies(self).stream()
        .forEach(p -> groups.computeIfAbsent(layout.from().ownersOf(p), it -> new BitSet()).set(p));
    int cuts = Math.ceilDiv(WORKERS, Math.max(1, groups.size()));
    var shares = new ArrayList<PartitionShare>();
    groups.forEach((owners, all) -> {
      for (int i = 0; i < cuts; i++) {
        int turn = i;
        var part = new BitSet();
        all.stream().filter(p -> p % cuts == turn).forEach(part::set);
        if (!part.isEmpty()) {
          shares.add(new PartitionShare(owners, part));
        }
      }
    });
    return shares;
  }

  /** Removes data of partitions that this node lost, once all nodes use the settled layout. */
  private void cleanUp(Layout layout) {
    if (settledEpoch != layout.epoch()) {
      settledEpoch = layout.epoch();
      cleanupAt = time.nanos() + CLEANUP_DELAY_NANOS;
    }
    if (time.nanos() >= cleanupAt) {
      cleanupAt = cleanup.remove(layout) ? Long.MAX_VALUE : time.nanos() + CLEANUP_DELAY_NANOS;
    }
  }

  private synchronized void note(UnaryOperator<MoveProgress> more) {
    progress = more.apply(progress);
  }

  private void tookChunk(long bytes) {
    note(it -> it.plusChunk(bytes));
    throttle.spend(bytes);
  }

  private void tookRows(List<Row> rows) {
    note(it -> it.plusRows(rows.size()));
    throttle.spend(rows.stream().mapToLong(PartitionMover::bytesOf).sum());
  }

  /** About the bytes of a row in a message. */
  private static long bytesOf(Row row) {
    Bytes value = row.state().value();
    return 64L + row.key().sort().length() + (value == null ? 0 : value.length());
  }

  private boolean copy(Layout layout, PartitionShare share) {
    PartitionOwners owners = share.owners();
    BitSet partitions = share.partitions();
    var rows =
        new RowCopy(proposers, keeper, time, self, layout, owners, partitions, this::tookRows);
    boolean here = rows.run();
    var data = new ChunkCopy(chunks, self, layout, owners, partitions, this::tookChunk);
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
