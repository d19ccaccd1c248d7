package rondo.server.backup.schedule;

import java.time.Duration;
import rondo.ring.port.Time;

/** How the scheduled backups of a node stand, for health and metrics. Thread-safe. */
public final class BackupFigures {
  private final Time time;

  // Guarded by this.
  private String target = "";
  private long everyMillis;
  private long sinceMillis;
  private long newestMillis;
  private long failures;
  private String failure = "";

  public BackupFigures(Time time) {
    this.time = time;
  }

  long nowMillis() {
    return time.wallMicros() / 1000;
  }

  synchronized void scheduled(String newTarget, Duration every) {
    target = newTarget;
    everyMillis = every.toMillis();
    sinceMillis = nowMillis();
    newestMillis = 0;
    failure = "";
  }

  synchronized void ended() {
    target = "";
    failure = "";
    newestMillis = 0;
  }

  /** Notes the moment of the newest whole backup in the target; 0 when it has none. */
  synchronized void newest(long millis) {
    newestMillis = millis;
  }

  synchronized void good() {
    failure = "";
  }

  synchronized void failed(String why) {
    failure = why;
    failures++;
  }

  /** How many scheduled backups of this node have failed since its start. */
  public synchronized long failures() {
    return failures;
  }

  /**
   * The age of the newest backup, or of the schedule while there is none; 0 without a schedule.
   * Seconds.
   */
  public synchronized long ageSeconds() {
    return target.isEmpty() ? 0 : ageMillis() / 1000;
  }

  private long ageMillis() {
    return Math.max(0, nowMillis() - (newestMillis == 0 ? sinceMillis : newestMillis));
  }

  synchronized long newestMillis() {
    return newestMillis;
  }

  synchronized String failure() {
    return failure;
  }

  /** What is wrong with the scheduled backups, in a sentence; empty for nothing. */
  public synchronized String trouble() {
    if (target.isEmpty()) {
      return "";
    }
    if (!failure.isEmpty()) {
      return "The scheduled backup to %s fails: %s.".formatted(target, failure);
    }
    long age = ageMillis();
    return age <= 2 * everyMillis
        ? ""
        : "The newest backup in %s is %,d minutes old, and one is due every %,d minutes."
            .formatted(target, age / 60_000, everyMillis / 60_000);
  }
}
