package rondo.server.space;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;

/**
 * How full one disk is.
 *
 * @param path of the first data folder on it
 * @param ownBytes what this node's data takes there
 * @param freeBytes what may still be written there, by anyone
 * @param keptBytes what must stay free for the disk to take new data
 * @param secondsLeft until it takes no new data, at the pace of the last minutes; -1 when it
 *     doesn't fill
 */
public record DiskUse(
    String path,
    long ownBytes,
    long freeBytes,
    long keptBytes,
    SpaceLevel level,
    long secondsLeft) {
  /** How full the disk is, in whole percent of what it could hold for this node. */
  public int percent() {
    long all = ownBytes + freeBytes;
    return all == 0 ? 100 : (int) (100.0 * ownBytes / all);
  }

  /** What an operator should know; empty while there is room. */
  public List<HealthReason> warnings() {
    return level == SpaceLevel.ROOM ? List.of() : List.of(reason());
  }

  /** Why new data can't be stored here as it should; empty while it can. */
  public List<HealthReason> reasons() {
    return level == SpaceLevel.FULL ? List.of(reason()) : List.of();
  }

  private HealthReason reason() {
    HealthCause cause =
        switch (level) {
          case ROOM, WARN -> HealthCause.DISK_FILLING;
          case NO_MOVES -> HealthCause.DISK_TAKES_NO_MOVES;
          case FULL -> HealthCause.DISK_FULL;
        };
    String then =
        switch (level) {
          case ROOM, WARN -> "";
          case NO_MOVES -> " Changes of the layout move nothing more here.";
          case FULL -> " It takes no new data; deletes go on.";
        };
    String sentence =
        "The disk of %s is %d %% full: %s are free.%s%s Add a disk or a node, or delete."
            .formatted(path, percent(), size(freeBytes), then, pace());
    return new HealthReason(HealthQuestion.WHOLE, cause, Math.max(1, percent()), sentence);
  }

  private String pace() {
    return secondsLeft < 0 || level == SpaceLevel.FULL
        ? ""
        : " At this pace it takes no new data in " + duration() + ".";
  }

  private String duration() {
    Duration left = Duration.ofSeconds(secondsLeft);
    return left.toDays() > 1
        ? left.toDays() + " days"
        : left.toHours() > 1
            ? left.toHours() + " hours"
            : left.toMinutes() > 1 ? left.toMinutes() + " minutes" : secondsLeft + " seconds";
  }

  private static String size(long bytes) {
    return bytes >= 10L << 30
        ? String.format(Locale.ROOT, "%.0f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1L << 20));
  }
}
