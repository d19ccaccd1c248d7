package rondo.server.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;

/** Collects the reasons why a node's copies aren't whole. Used by one thread. */
final class RepairReasons {
  /** Repair looks at itself every second; a longer gap means that the process stood still. */
  private static final long PAUSED_NANOS = TimeUnit.SECONDS.toNanos(4);

  private final List<HealthReason> reasons = new ArrayList<>();

  List<HealthReason> all() {
    return List.copyOf(reasons);
  }

  /**
   * Adds a reason, unless the number is 0.
   *
   * @param sentence with %d where the number stands
   */
  void add(HealthCause cause, long number, String sentence) {
    if (number > 0) {
      String text = sentence.replace("%d", Long.toString(number));
      reasons.add(new HealthReason(HealthQuestion.WHOLE, cause, number, text));
    }
  }

  /** Adds a folder that has failed or can't be read in parts. */
  void folder(String failure) {
    add(HealthCause.FOLDER_FAILED, 1, failure + ": see to the disk.");
  }

  /**
   * Adds that nothing is known yet, where no other reason says more.
   *
   * @param compared whether all copies were compared since the start or the last pause
   * @param pausedNanos since when repair has not looked at itself
   */
  void addComparing(boolean compared, long pausedNanos) {
    if (pausedNanos > PAUSED_NANOS) {
      add(
          HealthCause.PAUSED,
          TimeUnit.NANOSECONDS.toSeconds(pausedNanos),
          "This node stood still for %d s, and has yet to compare its copies: wait.");
    } else if (!compared && reasons.isEmpty()) {
      add(HealthCause.COMPARING, 1, "%d node, this one, has yet to end comparing copies: wait.");
    }
  }
}
