package rondo.s3.sweep;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.LifecycleRow;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.store.Store;
import rondo.store.bucket.LifecycleTable.Entry;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * The work of one cycle on one bucket. The bucket's lifecycle row records its progress. A node that
 * finds the row changed by another node leaves the rest to that node. Used by one thread.
 */
final class BucketSweep {
  /** Pages per write of progress: at most these are done again when this node goes down. */
  private static final int PAGES_PER_NOTE = 10;

  /** Cycles after which even a bucket with nothing due is walked again. */
  private static final int MOST_IDLE_CYCLES = 7;

  private final Store store;
  private final SweepSchedule schedule;
  private final LifecycleCounters counters;
  private final SweepThrottle throttle;
  private final Bucket bucket;
  private final LifecycleRules rules;
  private final long nowMicros;
  private Entry entry;
  private int pages;

  BucketSweep(
      Store store,
      SweepSchedule schedule,
      LifecycleCounters counters,
      SweepThrottle throttle,
      Bucket bucket,
      LifecycleRules rules,
      Entry entry,
      long nowMicros) {
    this.store = store;
    this.schedule = schedule;
    this.counters = counters;
    this.throttle = throttle;
    this.bucket = bucket;
    this.rules = rules;
    this.entry = entry;
    this.nowMicros = nowMicros;
  }

  /** Walks the bucket from the position in its row, or from the start. */
  void run() {
    WalkPosition from =
        schedule.isContinued(entry.row(), nowMicros)
            ? new WalkPosition(entry.row().getStage(), RowStore.bytes(entry.row().getAfter()))
            : WalkPosition.START;
    if (!note(row(from).build())) {
      return;
    }
    counters.walks.increment();
    var walk = new BucketWalk(store, bucket, rules, nowMicros);
    var actions = new LifecycleActions(store, bucket, rules, nowMicros, counters);
    boolean atEnd = walk.run(from, (found, seen, next) -> page(actions, found, seen, next));
    if (atEnd) {
      boolean whole = from.equals(WalkPosition.START);
      long most = nowMicros + MOST_IDLE_CYCLES * schedule.cycleMicros();
      long idle = whole ? Math.min(walk.idleUntilMicros(), most) : 0;
      note(row(WalkPosition.START).setFinished(true).setIdleUntilMicros(idle).build());
    }
  }

  private boolean page(
      LifecycleActions actions, List<DueSubject> found, int seen, WalkPosition next) {
    counters.seen.add(seen);
    actions.take(found);
    pages++;
    return (pages % PAGES_PER_NOTE != 0 || note(row(next).build())) && throttle.rest();
  }

  private LifecycleRow.Builder row(WalkPosition at) {
    return LifecycleRow.newBuilder()
        .setSetMicros(entry.row().getSetMicros())
        .setShard(entry.row().getShard())
        .setCycle(schedule.cycle(nowMicros))
        .setStage(at.stage())
        .setAfter(RowStore.text(at.from()));
  }

  private boolean note(LifecycleRow row) {
    @Nullable Entry noted = store.lifecycles().write(entry, row);
    entry = Objects.requireNonNullElse(noted, entry);
    return noted != null;
  }
}
