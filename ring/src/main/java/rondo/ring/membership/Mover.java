package rondo.ring.membership;

import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import rondo.ring.message.Row;
import rondo.ring.placement.Layout;
import rondo.ring.placement.NodeId;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;

/**
 * Copies to this node what a joint epoch gives it, and says so when all of it is here. It starts
 * over after a restart, and after a failure: what is here already costs a comparison. One page and
 * one chunk are under way at a time, so that clients keep most of the machine.
 */
final class Mover {
  private static final long TICK_NANOS = 500_000_000L;

  /** A chunk that nobody has whole must not keep the cluster in a joint epoch for ever. */
  private static final int CHUNK_TRIES = 5;

  /** By then all that are there follow a settled layout: nobody asks the owners before it. */
  static final long TIDY_NANOS = 90_000_000_000L;

  private final NodeId self;
  private final LayoutKeeper keeper;
  private final Choice choice;
  private final Chunks chunks;
  private final Strays strays;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> news;
  private final Throttle throttle;
  private final Set<List<NodeId>> done = new HashSet<>();
  private long startedAt;
  private long settledEpoch;
  private long tidyAt;
  private volatile Progress progress = Progress.NONE;
  private volatile boolean stopped;

  Mover(
      NodeId self,
      LayoutKeeper keeper,
      Choice choice,
      Chunks chunks,
      Strays strays,
      Tasks tasks,
      Time time,
      long bytesPerSecond) {
    this.self = self;
    this.keeper = keeper;
    this.choice = choice;
    this.chunks = chunks;
    this.strays = strays;
    this.tasks = tasks;
    this.time = time;
    this.news = tasks.mailbox();
    this.throttle = new Throttle(tasks, time, bytesPerSecond);
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
      if (layout == null) {
        news.take(time.nanos() + TICK_NANOS);
      } else if (!layout.joint()) {
        tidy(layout);
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

  private boolean copy(Layout layout) {
    if (progress.epoch() != layout.since()) {
      done.clear();
      startedAt = time.nanos();
      int total = layout.copies(self).cardinality();
      progress = new Progress(layout.since(), 0, total, 0, 0, 0, Progress.UNKNOWN);
    }
    for (var group : groups(layout).entrySet()) {
      if (done.contains(group.getKey())) {
        continue;
      }
      if (!copy(layout, group.getKey(), group.getValue())) {
        return false;
      }
      done.add(group.getKey());
      progress = progress.plusDone(group.getValue().cardinality(), time.nanos() - startedAt);
    }
    return true;
  }

  /** What this node copies, by the old owners. */
  private Map<List<NodeId>, BitSet> groups(Layout layout) {
    Map<List<NodeId>, BitSet> groups = new LinkedHashMap<>();
    layout.copies(self).stream()
        .forEach(p -> groups.computeIfAbsent(layout.from().of(p), it -> new BitSet()).set(p));
    return groups;
  }

  /** Once everybody follows the settled layout, what went to others goes from here. */
  private void tidy(Layout layout) {
    if (settledEpoch != layout.epoch()) {
      settledEpoch = layout.epoch();
      tidyAt = time.nanos() + TIDY_NANOS;
    }
    if (time.nanos() >= tidyAt) {
      tidyAt = strays.remove(layout) ? Long.MAX_VALUE : time.nanos() + TIDY_NANOS;
    }
  }

  private ChunkCopy chunks(Layout layout, List<NodeId> owners, BitSet partitions) {
    return new ChunkCopy(chunks, self, layout, owners, partitions, this::tookChunk);
  }

  private void tookChunk(long bytes) {
    progress = progress.plusChunk(bytes);
    throttle.spend(bytes);
  }

  private void tookRows(List<Row> rows) {
    progress = progress.plusRows(rows.size());
    throttle.spend(rows.stream().mapToLong(Mover::bytesOf).sum());
  }

  /** What a row weighs on its way, about. */
  private static long bytesOf(Row row) {
    Bytes value = row.state().value();
    return 64L + row.key().sort().length() + (value == null ? 0 : value.length());
  }

  private boolean copy(Layout layout, List<NodeId> owners, BitSet partitions) {
    var rows = new RowCopy(choice, keeper, time, self, layout, owners, partitions, this::tookRows);
    boolean here = rows.run();
    ChunkCopy data = chunks(layout, owners, partitions);
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
