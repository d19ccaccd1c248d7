package rondo.s3.lifecycle;

import java.util.List;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTransition;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.Difference;

/**
 * Decides the storage class that an object moves to. Pure.
 *
 * @param compat whether small objects move too, and up as well as down
 */
record Transitions(DayLength days, boolean compat) {
  private static final long SMALL = 128 * 1024;

  /** The transition due for a current version: of several, the one that leads furthest down. */
  DueAction due(List<LifecycleRule> matching, RuleSubject.Current it, long now) {
    var furthest = new FurthestTransition(it.row(), now);
    for (LifecycleRule rule : matching) {
      for (LifecycleTransition transition : rule.getTransitionsList()) {
        furthest.add(
            rule, transition, days.due(it.row().getModifiedMicros(), transition.getAfter()), true);
      }
    }
    return furthest.due();
  }

  /** The transition due for a noncurrent version: of several, the one that leads furthest down. */
  DueAction due(List<LifecycleRule> matching, RuleSubject.Noncurrent it, long now) {
    var furthest = new FurthestTransition(it.row(), now);
    for (LifecycleRule rule : matching) {
      for (LifecycleTransition transition : rule.getNoncurrentTransitionsList()) {
        furthest.add(
            rule,
            transition,
            days.due(it.sinceMicros(), transition.getAfter()),
            it.newer() >= transition.getNewerNoncurrent());
      }
    }
    return furthest.due();
  }

  /** Finds the furthest of the due transitions, or the time of the next one. */
  private final class FurthestTransition {
    private final ObjectRow row;
    private final long now;
    private final String from;
    private String furthest = "";
    private String by = "";
    private long until = Long.MAX_VALUE;

    FurthestTransition(ObjectRow row, long now) {
      this.row = row;
      this.now = now;
      this.from = row.getStorageClass().isEmpty() ? StorageClasses.STANDARD : row.getStorageClass();
    }

    void add(LifecycleRule rule, LifecycleTransition transition, long at, boolean counted) {
      String to = transition.getStorageClass();
      if (!Difference.LIFECYCLE_TRANSITIONS.in(compat)
          && (isTooSmall(rule) || StorageClasses.rank(to) <= StorageClasses.rank(from))) {
        return;
      }
      if (at > now || !counted) {
        until = Math.min(until, Math.max(now, at));
      } else if (StorageClasses.rank(to) > StorageClasses.rank(furthest)) {
        furthest = to;
        by = rule.getId();
      }
    }

    /** Whether the object is too small to move. A size in the rule's own filter decides instead. */
    private boolean isTooSmall(LifecycleRule rule) {
      return row.getSize() < SMALL && !RuleFilters.hasSize(rule.getFilter());
    }

    DueAction due() {
      return furthest.isEmpty() || furthest.equals(from)
          ? new DueAction.Nothing(until)
          : new DueAction.Transition(by, furthest);
    }
  }
}
