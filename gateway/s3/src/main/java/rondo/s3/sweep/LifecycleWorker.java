package rondo.s3.sweep;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.lifecycle.DayLength;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.store.Store;
import rondo.store.bucket.LifecycleTable.Entry;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.shard.BucketAssignment;

/**
 * Carries out the lifecycle rules of buckets. It looks through the buckets with rules and walks
 * those that are assigned to this node and due in this cycle, a few at a time. Once a day it also
 * clears away uploads that have ended. Started once; {@link #look} is for one thread.
 */
public final class LifecycleWorker {
  private static final Logger LOG = LoggerFactory.getLogger(LifecycleWorker.class);

  /** Buckets that are walked at the same time. */
  private static final int AT_ONCE = 4;

  /** Stands for the sweep of uploads among the names of buckets in work; no bucket can have it. */
  private static final String SWEEP = " all uploads";

  private final Store store;
  private final LifecycleSettings settings;
  private final SweepSchedule schedule;
  private final BucketAssignment assignment;
  private final LifecycleCounters counters;
  private final Tasks tasks;
  private final Time time;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;
  private long swept;

  public LifecycleWorker(
      Store store,
      LifecycleSettings settings,
      BucketAssignment assignment,
      LifecycleCounters counters,
      Tasks tasks,
      Time time) {
    this.store = store;
    this.settings = settings;
    this.schedule = new SweepSchedule(settings.days());
    this.assignment = assignment;
    this.counters = counters;
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * Starts the work in the background.
   *
   * @param ready whether the node is a member of a cluster; before that no bucket is walked
   * @param patience the longest wait for the end of running walks
   * @return stops the work and waits for its end
   */
  public Runnable start(BooleanSupplier ready, Duration patience) {
    Mailbox<Boolean> stop = tasks.mailbox();
    tasks.start("lifecycle", () -> run(ready, stop));
    return () -> {
      stopped = true;
      stop.put(true);
      awaitEnd(patience);
    };
  }

  private void run(BooleanSupplier ready, Mailbox<Boolean> stop) {
    while (stop.take(time.nanos() + TimeUnit.MICROSECONDS.toNanos(schedule.restMicros())) == null) {
      try {
        if (ready.getAsBoolean()) {
          look();
        }
      } catch (RefusalException unavailable) {
        LOG.debug("no look at the buckets with rules: {}", unavailable.getMessage());
      }
    }
  }

  /** Waits until no walk is running, {@code patience} at most. */
  void awaitEnd(Duration patience) {
    try {
      if (room.tryAcquire(AT_ONCE, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        room.release(AT_ONCE);
      } else {
        LOG.debug("closing in the middle of a bucket");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins the walks of all buckets that are due; returns when the last has begun. */
  void look() {
    for (Entry entry : store.lifecycles().all()) {
      if (stopped) {
        return;
      }
      if (schedule.isDue(entry.row(), time.wallMicros())
          && assignment.isMine(RowStore.bytes(entry.row().getShard()))
          && !running.contains(entry.bucket())) {
        begin(entry.bucket(), () -> work(entry));
      }
    }
    sweep();
  }

  /** Begins the sweep of uploads at the node's start and once in a calendar day. */
  private void sweep() {
    long now = time.wallMicros();
    long day = now / DayLength.CALENDAR.lengthMicros();
    if (day != swept && !running.contains(SWEEP)) {
      swept = day;
      var throttle = new SweepThrottle(time, () -> stopped);
      begin(SWEEP, new UploadSweep(store, assignment::isMine, counters, throttle, now)::run);
    }
  }

  private void begin(String name, Runnable work) {
    room.acquireUninterruptibly();
    running.add(name);
    tasks.start(
        "lifecycle-" + name,
        () -> {
          try {
            work.run();
          } catch (RefusalException unavailable) {
            counters.failed.increment();
            LOG.debug("bucket {} is left for later: {}", name, unavailable.getMessage());
          } finally {
            running.remove(name);
            room.release();
          }
        });
  }

  private void work(Entry entry) {
    long now = time.wallMicros();
    Bucket bucket = find(entry.bucket());
    var rules =
        bucket == null
            ? null
            : new LifecycleRules(bucket.row(), settings.days(), settings.compat());
    if (bucket == null || rules == null || rules.isEmpty()) {
      if (schedule.isForgotten(entry.row(), now)) {
        store.lifecycles().write(entry, null);
      }
      return;
    }
    var throttle = new SweepThrottle(time, () -> stopped);
    new BucketSweep(store, schedule, counters, throttle, bucket, rules, entry, now).run();
  }

  private @Nullable Bucket find(String name) {
    try {
      return store.buckets().fresh(name);
    } catch (StoreException refused) {
      if (refused.reason() == StoreException.Reason.NO_SUCH_BUCKET) {
        return null;
      }
      throw refused;
    }
  }
}
