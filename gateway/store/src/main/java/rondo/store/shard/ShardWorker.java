package rondo.store.shard;

import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.rows.ShardRest;
import rondo.metadata.shard.MoveCleaner;
import rondo.metadata.shard.ShardMover;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.node.ShardCount;
import rondo.store.Store;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/**
 * Splits, merges and renews the shards of buckets. It walks over all buckets again and again,
 * counts the shards that its node is assigned, moves keys, and removes the remains of moves. A node
 * runs one move at a time, and a bucket has at most one move at a time, on whatever node. Started
 * once.
 */
public final class ShardWorker {
  private static final Logger LOG = LoggerFactory.getLogger(ShardWorker.class);
  private static final int BUCKETS = 1000;

  /** The most shards merged in one move: each is fenced and has a journal while the move lasts. */
  private static final int MOST_AT_ONCE = 16;

  /** A walk takes at most a tenth of a thread's time, unless a shard would wait too long for it. */
  private static final int REST = 10;

  private static final long LONGEST_REST_NANOS = 30_000_000_000L;

  /** The rest after a move: another one often follows. */
  private static final long SHORT_NANOS = 500_000_000L;

  /** A move of another node that stays this long in the bucket's row has lost its mover. */
  private static final long ABANDONED_NANOS = 600_000_000_000L;

  /** The purpose of a move. */
  enum Kind {
    /** The shard has too many rows or too many writes. */
    SPLIT,
    /** Neighbouring shards have few rows. */
    MERGE,
    /** Most of the shard's rows are tombstones, which the new shard doesn't get. */
    RENEWAL,
    /** The shard's number of copies isn't the bucket's. */
    COPIES
  }

  private final Store store;
  private final ShardSettings settings;
  private final ShardSizes sizes;
  private final BucketAssignment assignment;
  private final ShardMover mover;
  private final MoveCleaner cleaner;
  private final GoneBuckets gone;
  private final AbandonedMoves abandoned;
  private final ShardCounters counters;
  private final RandomIds ids = new RandomIds();
  private final Tasks tasks;
  private final Time time;
  private volatile boolean stopped;
  private final ShardLoads loads = new ShardLoads();
  private final BooleanSupplier spreads;
  private boolean hasMoved;
  private String lastBucket = "";
  private Bytes lastFrom = Bytes.EMPTY;

  /**
   * @param assignment by a shard
   */
  public ShardWorker(
      Store store,
      ShardSettings settings,
      ShardSizes sizes,
      BucketAssignment assignment,
      ShardMoveContext context,
      ShardCounters counters) {
    this.store = store;
    this.settings = settings;
    this.sizes = sizes;
    this.assignment = assignment;
    this.mover = context.mover();
    this.cleaner = context.cleaner();
    this.gone = new GoneBuckets(store, assignment, cleaner, context.time());
    this.abandoned = new AbandonedMoves(context.time(), ABANDONED_NANOS);
    this.counters = counters;
    this.spreads = context.spreads();
    this.tasks = context.tasks();
    this.time = context.time();
  }

  /**
   * Starts to work in the background. Removes the remains of other nodes' moves even when splits
   * and merges are turned off.
   *
   * @param ready whether the node is a member of a cluster; the work waits until it is
   * @return stops the work
   */
  public Runnable start(BooleanSupplier ready) {
    Mailbox<Boolean> stop = tasks.mailbox();
    tasks.start("shards", () -> run(ready, stop));
    return () -> {
      stopped = true;
      stop.put(true);
    };
  }

  private void run(BooleanSupplier ready, Mailbox<Boolean> stop) {
    long rest = settings.restNanos();
    while (stop.take(time.nanos() + rest) == null) {
      long began = time.nanos();
      try {
        if (ready.getAsBoolean()) {
          walk();
          counters.cleaned.add(gone.walk());
        }
      } catch (StoreException unavailable) {
        LOG.debug("no walk over the buckets' shards: {}", unavailable.message());
      }
      long tenfold = Math.min(REST * (time.nanos() - began), LONGEST_REST_NANOS);
      rest = hasMoved ? SHORT_NANOS : Math.max(settings.restNanos(), tenfold);
      hasMoved = false;
    }
  }

  /** Walks over all buckets once. */
  void walk() {
    BucketRows.through(
        store.rows(),
        (name, row) -> {
          bucket(name, row);
          return !stopped;
        });
  }

  private void bucket(String name, BucketRow row) {
    if (row.getPhase() != BucketRow.Phase.LIVE || row.getAvailable()) {
      return;
    }
    for (ShardRest rest : row.getRestsList()) {
      if (assignment.isMine(RowStore.bytes(rest.getShard())) && cleaner.clean(name, rest)) {
        counters.cleaned.increment();
      }
    }
    if (row.hasMove()) {
      if (assignment.isMine(RowStore.bytes(row.getShards(0).getId()))
          && abandoned.contains(row.getMove())) {
        mover.giveUp(name, row.getMove());
        counters.givenUp.increment();
      }
      return;
    }
    if (copies(name, row)) {
      return;
    }
    // Goes on behind the last move: from the first shard, each merge would copy the merged one
    // again.
    int first = name.equals(lastBucket) ? behind(row, lastFrom) : 0;
    for (int i = 0; i < row.getShardsCount() && settings.rows() > 0; i++) {
      int at = (first + i) % row.getShardsCount();
      if (assignment.isMine(RowStore.bytes(row.getShards(at).getId())) && shard(name, row, at)) {
        lastBucket = name;
        lastFrom = RowStore.bytes(row.getShards(at).getFrom());
        return;
      }
    }
  }

  /** Moves one shard assigned to this node whose number of copies isn't the bucket's. */
  private boolean copies(String name, BucketRow row) {
    for (ShardRange range : row.getShardsList()) {
      Bytes shard = RowStore.bytes(range.getId());
      if (Ring.classOf(shard) != row.getCopyClass() && assignment.isMine(shard)) {
        return move(name, row, List.of(range), Kind.COPIES, false);
      }
    }
    return false;
  }

  /** The index of the first shard that begins behind {@code from}; 0 behind the last. */
  private static int behind(BucketRow row, Bytes from) {
    int at = 0;
    while (at < row.getShardsCount()
        && RowStore.bytes(row.getShards(at).getFrom()).compareTo(from) <= 0) {
      at++;
    }
    return at % row.getShardsCount();
  }

  /** Splits, merges or renews the shard if need be; returns whether the bucket's shards changed. */
  private boolean shard(String name, BucketRow row, int at) {
    ShardRange range = row.getShards(at);
    Bytes shard = RowStore.bytes(range.getId());
    ShardSizes.Size size = sizes.of(shard, ShardRanges.end(row, range), settings::suffices);
    if (size == null) {
      return false;
    }
    long load = loads.perSecond(shard, sizes.writes(shard), time.nanos());
    if (settings.isLarge(size.count())) {
      return split(name, row, range, size.count());
    }
    if (load > settings.hotPerSecond() && spreads.getAsBoolean()) {
      return split(name, row, range, sizes.recent(shard));
    }
    boolean buried = settings.isBuried(size.count());
    boolean cold = load != ShardLoads.UNKNOWN && settings.isCold(load);
    List<ShardRange> few = cold ? fewTogether(row, at, size) : List.of();
    if (few.size() > 1) {
      return move(name, row, few, Kind.MERGE, buried);
    }
    return buried && move(name, row, List.of(range), Kind.RENEWAL, true);
  }

  /** The shard and those behind it that have few rows together. */
  private List<ShardRange> fewTogether(BucketRow row, int at, ShardSizes.Size size) {
    Bytes shard = RowStore.bytes(row.getShards(at).getId());
    long room = settings.fewRows() - size.count().rows() - sizes.since(shard, size);
    int end = at + 1;
    while (room > 0 && end < row.getShardsCount() && end - at < MOST_AT_ONCE) {
      room -= rows(row, row.getShards(end), room);
      end += room > 0 ? 1 : 0;
    }
    return row.getShardsList().subList(at, end);
  }

  private boolean split(String name, BucketRow row, ShardRange range, ShardCount keys) {
    Bytes middle = keys.middle(RowStore.bytes(range.getFrom()));
    if (middle == null) {
      return false;
    }
    ShardRange tail = range.toBuilder().setFrom(RowStore.text(middle)).build();
    return move(name, row, List.of(tail), Kind.SPLIT, false);
  }

  /** Counts a shard's rows by quorum reads, up to about {@code most}. */
  private long rows(BucketRow row, ShardRange range, long most) {
    long rows = 0;
    for (int table : List.of(Tables.OBJECTS, Tables.VERSIONS)) {
      var whole =
          new ScanRange(
                  table, RowStore.bytes(range.getId()), Bytes.EMPTY, Bytes.EMPTY, null, BUCKETS)
              .upTo(ShardRanges.end(row, range));
      for (Reply.Page page : PageCursor.over(whole, store.rows()::scan).pages()) {
        rows += page.entries().size();
        if (rows >= most) {
          return rows;
        }
      }
    }
    return rows;
  }

  private boolean move(
      String name, BucketRow row, List<ShardRange> sources, Kind kind, boolean purges) {
    var move =
        ShardMove.newBuilder()
            .setAttempt(RowStore.text(ids.next()))
            .setTarget(RowStore.text(Ring.ofClass(row.getCopyClass(), ids.next())))
            .addAllSources(sources)
            .build();
    counters.running.incrementAndGet();
    ShardMover.Result result = purges ? mover.renew(name, move) : mover.move(name, move);
    counters.running.decrementAndGet();
    counters.moved(result, kind);
    for (ShardRange source : sources) {
      sizes.forget(RowStore.bytes(source.getId()));
      loads.forget(RowStore.bytes(source.getId()));
    }
    LOG.info(
        "bucket {}: {} of {} rows {}, closed for {} ms",
        name,
        kind.name().toLowerCase(Locale.ROOT),
        result.rows(),
        result.isDone() ? "done" : "given up: " + result.why(),
        result.closedNanos() / 1_000_000);
    hasMoved |= result.isDone();
    return result.isDone();
  }
}
