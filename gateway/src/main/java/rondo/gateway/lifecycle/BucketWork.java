package rondo.gateway.lifecycle;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.lifecycle.Rules;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.LifecycleTable.Entry;
import rondo.gateway.store.Rows;
import rondo.gateway.store.Store;
import rondo.metadata.rows.LifecycleRow;

/**
 * One cycle's work on one bucket. Its row tells how far it is: who finds that somebody else has
 * written the row since leaves the rest to them. Used by one thread.
 */
final class BucketWork {
  /** How many pages are done again at most when this node goes down. */
  private static final int PAGES_PER_NOTE = 10;

  /** However quiet the bucket is, it is looked at so often. */
  private static final int MOST_IDLE_CYCLES = 7;

  private final Store store;
  private final Schedule schedule;
  private final Counters counters;
  private final Pace pace;
  private final Bucket bucket;
  private final Rules rules;
  private final long nowMicros;
  private Entry entry;
  private int pages;

  BucketWork(
      Store store,
      Schedule schedule,
      Counters counters,
      Pace pace,
      Bucket bucket,
      Rules rules,
      Entry entry,
      long nowMicros) {
    this.store = store;
    this.schedule = schedule;
    this.counters = counters;
    this.pace = pace;
    this.bucket = bucket;
    this.rules = rules;
    this.entry = entry;
    this.nowMicros = nowMicros;
  }

  /** Goes on where the row says, or from the start. */
  void run() {
    Position from =
        schedule.isContinued(entry.row(), nowMicros)
            ? new Position(entry.row().getStage(), Rows.bytes(entry.row().getAfter()))
            : Position.START;
    if (!note(row(from).build())) {
      return;
    }
    counters.walks.increment();
    var walk = new Walk(store, bucket, rules, nowMicros);
    var actions = new Actions(store, bucket, rules, nowMicros, counters);
    boolean atEnd = walk.run(from, (found, seen, next) -> page(actions, found, seen, next));
    if (atEnd) {
      boolean whole = from.equals(Position.START);
      long most = nowMicros + MOST_IDLE_CYCLES * schedule.cycleMicros();
      long idle = whole ? Math.min(walk.idleUntilMicros(), most) : 0;
      note(row(Position.START).setFinished(true).setIdleUntilMicros(idle).build());
    }
  }

  private boolean page(Actions actions, List<Found> found, int seen, Position next) {
    counters.seen.add(seen);
    actions.take(found);
    pages++;
    return (pages % PAGES_PER_NOTE != 0 || note(row(next).build())) && pace.rest();
  }

  private LifecycleRow.Builder row(Position at) {
    return LifecycleRow.newBuilder()
        .setSetMicros(entry.row().getSetMicros())
        .setShard(entry.row().getShard())
        .setCycle(schedule.cycle(nowMicros))
        .setStage(at.stage())
        .setAfter(Rows.text(at.from()));
  }

  private boolean note(LifecycleRow row) {
    @Nullable Entry noted = store.lifecycles().write(entry, row);
    entry = Objects.requireNonNullElse(noted, entry);
    return noted != null;
  }
}
