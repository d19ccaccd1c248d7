package rondo.server.backup.schedule;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupTarget;

/**
 * Begins a backup when the newest one in the target is old enough. Any number of nodes may have a
 * schedule with the same target: the first in the layout is due first, each other ten minutes after
 * the one before, and a lease in the target keeps them from working at once. So another node takes
 * over when one is down, and goes on with its backup. A backup that fails is tried again after five
 * minutes under its id. Thread-safe.
 */
public final class ScheduledBackups {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledBackups.class);
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long LEASE_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long RETRY_MILLIS = TimeUnit.MINUTES.toMillis(5);
  private static final long STAGGER_MILLIS = TimeUnit.MINUTES.toMillis(10);

  /** Who makes backups. */
  public interface Maker {
    /**
     * Begins a backup.
     *
     * @throws BackupException when it can't begin
     */
    void begin(BackupOrder order);

    /** How the node's last order about backups stands. */
    State state();

    /** A new backup's id. */
    String newId();
  }

  /**
   * How an order stands.
   *
   * @param backup its id
   * @param failure why it isn't whole; empty when it is, or isn't known yet
   */
  public record State(String backup, boolean running, String failure) {}

  /**
   * A node's place in its cluster.
   *
   * @param rank its number among the nodes, from 0
   */
  public record Place(String cluster, String node, int rank) {}

  private final Maker maker;
  private final Supplier<@Nullable Place> place;
  private final Path folder;
  private final BackupFigures figures;
  private final Mailbox<Boolean> wake;

  // Guarded by this.
  private @Nullable BackupSchedule schedule;
  private String running = "";
  private long nextMillis;

  /**
   * @param place of the node; null while it has no cluster
   * @param folder of the node, for the schedule
   */
  public ScheduledBackups(
      Maker maker,
      Supplier<@Nullable Place> place,
      Path folder,
      BackupFigures figures,
      Mailbox<Boolean> wake) {
    this.maker = maker;
    this.place = place;
    this.folder = folder;
    this.figures = figures;
    this.wake = wake;
  }

  /** Reads the schedule of before, and begins to look. */
  public void start(Tasks tasks, Time time) {
    readSchedule();
    tasks.start(
        "backups",
        () -> {
          do {
            look();
          } while (!Boolean.FALSE.equals(wake.take(time.nanos() + LOOK_NANOS)));
        });
  }

  public void stop() {
    wake.put(false);
  }

  synchronized void readSchedule() {
    try {
      schedule = BackupSchedule.read(folder);
      if (schedule != null) {
        figures.scheduled(schedule.order().target(), schedule.every());
      }
    } catch (BackupException e) {
      figures.scheduled(folder.toString(), Duration.ofDays(1));
      figures.failed(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Makes backups by this schedule from now on.
   *
   * @throws BackupException when the target can't be one
   */
  public synchronized void set(BackupSchedule wish) {
    newest(wish.order().open(), here());
    wish.write(folder);
    schedule = wish;
    nextMillis = 0;
    figures.scheduled(wish.order().target(), wish.every());
    wake.put(true);
  }

  /** Ends the schedule. A backup that has begun goes on. */
  public synchronized void end() {
    BackupSchedule.remove(folder);
    schedule = null;
    running = "";
    figures.ended();
  }

  /** The schedule and how it stands, for JSON. */
  public synchronized Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    BackupSchedule now = schedule;
    view.put("scheduled", now != null);
    view.put("target", now == null ? "" : now.order().target());
    view.put("everySeconds", now == null ? 0 : now.everySeconds());
    long newest = figures.newestMillis();
    view.put("newest", newest == 0 ? "" : Instant.ofEpochMilli(newest).toString());
    view.put("running", running);
    view.put("failure", figures.failure());
    view.put("failures", figures.failures());
    return view;
  }

  /** Begins what is due, or sees to what was begun. */
  synchronized void look() {
    BackupSchedule wish = schedule;
    if (wish == null) {
      return;
    }
    try {
      if (!running.isEmpty()) {
        watch(wish);
      } else if (figures.nowMillis() >= nextMillis) {
        begin(wish);
      }
    } catch (BackupException e) {
      failed(String.valueOf(e.getMessage()));
    }
  }

  private void begin(BackupSchedule wish) {
    Place here = here();
    BackupTarget target = wish.order().open();
    long now = figures.nowMillis();
    long newest = newest(target, here);
    figures.newest(newest);
    long delay = Math.min(here.rank() * STAGGER_MILLIS, wish.every().toMillis() / 2);
    long due = newest == 0 ? 0 : newest + wish.every().toMillis() + delay;
    ScheduleLease lease = ScheduleLease.read(target, here.cluster());
    if (now < due) {
      figures.good();
      nextMillis = due;
    } else if (lease != null && !lease.node().equals(here.node()) && now < lease.untilMillis()) {
      nextMillis = lease.untilMillis();
    } else if (!maker.state().running()) {
      String id = lease != null && isUnfinished(target, lease) ? lease.backup() : maker.newId();
      renew(target, here, id);
      maker.begin(order(wish, id));
      running = id;
    }
  }

  private static BackupOrder order(BackupSchedule wish, String id) {
    BackupOrder order = wish.order();
    return new BackupOrder(
        order.target(), id, order.key(), order.bytesPerSecond(), "", "", order.s3());
  }

  private static boolean isUnfinished(BackupTarget target, ScheduleLease lease) {
    String name = BackupManifest.folder(lease.backup()) + BackupManifest.FILE;
    return target.read(name) == null;
  }

  private void renew(BackupTarget target, Place here, String id) {
    long until = figures.nowMillis() + LEASE_MILLIS;
    new ScheduleLease(here.node(), until, id).write(target, here.cluster());
  }

  private void watch(BackupSchedule wish) {
    State state = maker.state();
    boolean own = running.equals(state.backup());
    if (own && state.running()) {
      renew(wish.order().open(), here(), running);
      return;
    }
    running = "";
    nextMillis = 0;
    String failure = own ? state.failure() : "";
    if (!failure.isEmpty()) {
      failed(failure);
    } else {
      figures.good();
      figures.newest(newest(wish.order().open(), here()));
    }
  }

  private void failed(String why) {
    LOG.warn("the scheduled backup fails: {}", why);
    figures.failed(why);
    nextMillis = figures.nowMillis() + RETRY_MILLIS;
  }

  /** The moment of the newest backup of this cluster in milliseconds; 0 when there is none. */
  private static long newest(BackupTarget target, Place here) {
    return BackupManifest.all(target).stream()
        .filter(one -> one.origin().cluster().equals(here.cluster()))
        .mapToLong(one -> Instant.parse(one.origin().cutAt()).toEpochMilli())
        .max()
        .orElse(0);
  }

  private Place here() {
    Place here = place.get();
    if (here == null) {
      throw new BackupException("this node has no cluster yet");
    }
    return here;
  }
}
