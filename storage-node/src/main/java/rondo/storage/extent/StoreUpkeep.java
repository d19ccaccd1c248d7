package rondo.storage.extent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.upkeep.Compaction;
import rondo.storage.extent.upkeep.Scrub;
import rondo.storage.folder.DiskException;

/**
 * The background work on a store's extents: compacts them to free the space of dropped chunks,
 * scrubs them to find damage, and tries failed disks again. All of it at bounded rates.
 * Thread-safe.
 */
public final class StoreUpkeep {
  /** The pause when there is nothing to do, or a disk has failed. */
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The least rate of a scrub, so that even little data is read again soon. */
  private static final long LEAST_SCRUB_BYTES_PER_SECOND = 1 << 20;

  /** The pause before a failed disk is tried again: longer each time. */
  private static final long LEAST_PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long MOST_PATIENCE_NANOS = TimeUnit.HOURS.toNanos(1);

  private static final int MOST_FINDINGS = 20;

  /** A pass may take a quarter longer than its time, and a minute, before it counts as overdue. */
  private static final int GRACE_SHARE = 4;

  private static final long LEAST_GRACE_MICROS = TimeUnit.MINUTES.toMicros(1);

  private final ExtentStore store;
  private final Tasks tasks;
  private final Time time;
  private final UpkeepSettings settings;
  private final Mailbox<Boolean> compacting;
  private final Mailbox<Boolean> scrubbing;
  private final LongAdder found = new LongAdder();
  private final ArrayDeque<String> findings = new ArrayDeque<>();
  private final long startedMicros;
  private volatile boolean stopped;

  public StoreUpkeep(ExtentStore store, Tasks tasks, Time time, UpkeepSettings settings) {
    this.store = store;
    this.tasks = tasks;
    this.time = time;
    this.settings = settings;
    this.startedMicros = time.wallMicros();
    this.compacting = tasks.mailbox();
    this.scrubbing = tasks.mailbox();
    store.onDamage(this::note);
  }

  private void note(StorageDamage damage) {
    found.increment();
    synchronized (findings) {
      if (findings.size() == MOST_FINDINGS) {
        findings.removeFirst();
      }
      findings.add(shown(time.wallMicros()) + " " + damage.what());
    }
  }

  private static String shown(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Starts the work in the background, for each disk on its own. */
  public void start() {
    for (StoreFolder folder : store.folders()) {
      tasks.start("compaction", () -> compact(folder));
      tasks.start("scrub", () -> scrub(folder));
    }
  }

  /** Makes the work stop soon. */
  public void stop() {
    stopped = true;
    store.folders().forEach(_ -> compacting.put(true));
    store.folders().forEach(_ -> scrubbing.put(true));
  }

  /** Starts a scrub of everything now, at the rate of compaction. */
  public void scrubNow() {
    store.scrubs().forEach(Scrub::ask);
    store.folders().forEach(_ -> scrubbing.put(true));
  }

  private void compact(StoreFolder folder) {
    long patience = LEAST_PATIENCE_NANOS;
    while (!stopped) {
      if (!folder.isSound()) {
        rest(compacting, patience);
        // Whether a folder is back is a question of microseconds; a failed disk is read again.
        patience =
            folder.now() == null
                ? LEAST_PATIENCE_NANOS
                : Math.min(2 * patience, MOST_PATIENCE_NANOS);
        if (!stopped && folder.retry()) {
          // Data on a disk that has failed is trusted only after it has been read again.
          scrubNow();
        }
      }
      long bytes = 0;
      try {
        bytes = folder.ask(open -> open.compaction().step(), 0L);
      } catch (DiskException e) {
        // The store reports it; later there may be space, or the disk may work again.
      }
      rest(compacting, bytes == 0 ? REST_NANOS : nanos(bytes, settings.compactBytesPerSecond()));
    }
  }

  private void scrub(StoreFolder folder) {
    while (!stopped) {
      rest(scrubbing, scrubbed(folder));
    }
  }

  private long scrubbed(StoreFolder folder) {
    return folder.ask(open -> scrubbed(open.scrub()), REST_NANOS);
  }

  /** Scrubs a little, and returns the nanoseconds to rest after it. */
  private long scrubbed(Scrub scrub) {
    // Twice in each period, so that records written where the scrub has already passed are read in
    // time.
    scrub.beginIfDue(settings.scrubPeriod().dividedBy(2));
    long bytes = 0;
    try {
      bytes = scrub.step();
    } catch (DiskException e) {
      // The store reports it.
    }
    long rate = scrub.isHurried() ? settings.compactBytesPerSecond() : scrubRate();
    return bytes == 0 ? REST_NANOS : nanos(bytes, rate);
  }

  private long scrubRate() {
    long seconds = Math.max(1, settings.scrubPeriod().toSeconds());
    return Math.max(LEAST_SCRUB_BYTES_PER_SECOND, 2 * store.usage().liveBytes() / seconds);
  }

  private static long nanos(long bytes, long bytesPerSecond) {
    return bytesPerSecond == 0 ? 0 : (long) (1e9 * bytes / bytesPerSecond);
  }

  private void rest(Mailbox<Boolean> woken, long nanos) {
    if (nanos > 0 && !stopped) {
      woken.take(time.nanos() + nanos);
    }
  }

  /** Returns the use of each folder, of those that aren't open too. */
  public List<FolderUse> uses() {
    return store.folders().stream().map(StoreFolder::use).toList();
  }

  /** Returns counters of the work since the start, by name. */
  public Map<String, Long> counters() {
    var counters = new LinkedHashMap<String, Long>();
    counters.put("compaction_extents", sum(Compaction::extents));
    counters.put("compaction_bytes_copied", sum(Compaction::copiedBytes));
    counters.put("scrub_bytes_read", store.scrubs().stream().mapToLong(Scrub::bytes).sum());
    counters.put("damage_found", found.sum());
    return counters;
  }

  private long sum(ToLongFunction<Compaction> count) {
    return store.compactions().stream().mapToLong(count).sum();
  }

  /** Returns the last passes over each folder and the last findings, ready to become JSON. */
  public Map<String, Object> view() {
    var passes = new ArrayList<Map<String, Object>>();
    store.scrubs().forEach(one -> passes.add(one.view(StoreUpkeep::shown)));
    synchronized (findings) {
      var shown = new LinkedHashMap<String, Object>();
      shown.put("folders", passes);
      shown.put("findings", List.copyOf(findings));
      return shown;
    }
  }

  /**
   * Returns how many seconds ago everything should have been verified at the latest; 0 when it was
   * in time. Before a folder's first pass has ended, its time counts from this start.
   */
  public long overdueSeconds() {
    long period = settings.scrubPeriod().toNanos() / 1000;
    long ended = lastEndedMicros() == 0 ? startedMicros : lastEndedMicros();
    long due = ended + period + period / GRACE_SHARE + LEAST_GRACE_MICROS;
    return Math.max(0, TimeUnit.MICROSECONDS.toSeconds(time.wallMicros() - due));
  }

  /**
   * Returns the end of the oldest of the folders' last whole passes, microseconds since 1970; 0
   * when a folder has had none.
   */
  public long lastEndedMicros() {
    return store.scrubs().stream().mapToLong(one -> one.state().endedMicros()).min().orElse(0);
  }
}
