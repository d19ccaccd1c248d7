package rondo.s3.lifecycle;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.ObjectRow;

/**
 * A bucket's enabled rules, and what they ask for. Pure: who judges again what somebody else judged
 * comes to the same result. Immutable.
 */
public final class LifecycleRules {
  /**
   * Of an available bucket without versioning. What was overwritten goes, and so does what lost
   * against a write that it hadn't seen, when it could be looked for long enough.
   */
  private static final LifecycleRule GRACE =
      LifecycleRule.newBuilder()
          .setId("what an available bucket without versioning has overwritten")
          .setEnabled(true)
          .setFilter(LifecycleFilter.getDefaultInstance())
          .setNoncurrentDays(1)
          .build();

  private final List<LifecycleRule> enabled;
  private final DayLength days;
  private final Transitions transitions;

  /**
   * @param compat whether small objects move, and up as well as down, as Ceph's do
   */
  public LifecycleRules(BucketRow bucket, DayLength days, boolean compat) {
    this.enabled =
        isGraceful(bucket)
            ? List.of(GRACE)
            : bucket.getLifecycle().getRulesList().stream()
                .filter(LifecycleRule::getEnabled)
                .toList();
    this.days = days;
    this.transitions = new Transitions(days, compat);
  }

  /** Whether a bucket has a rule that nobody has put there. */
  public static boolean isGraceful(BucketRow bucket) {
    return bucket.getAvailable() && bucket.getVersioning() == BucketRow.Versioning.UNVERSIONED;
  }

  /** A rule that acts at a time. */
  record TimedRule(LifecycleRule rule, long atMicros) {}

  public boolean isEmpty() {
    return enabled.isEmpty();
  }

  /** Where they need to look. */
  public RuleScope scope() {
    return new RuleScope(enabled, days);
  }

  /** What is to be done with it at that time. */
  public DueAction due(RuleSubject subject, long nowMicros) {
    return switch (subject) {
      case RuleSubject.Current it when it.row().getDeleteMarker() -> marker(it, nowMicros);
      case RuleSubject.Current it -> current(it, nowMicros);
      case RuleSubject.Noncurrent it -> noncurrent(it, nowMicros);
      case RuleSubject.Begun it -> begun(it, nowMicros);
    };
  }

  /** The rule by which a current version expires first, and when; null for none. */
  @Nullable TimedRule expiration(String key, ObjectRow row) {
    return enabled.stream()
        .filter(rule -> rule.hasExpiration() && RuleFilters.matches(rule.getFilter(), key, row))
        .map(rule -> new TimedRule(rule, days.due(row.getModifiedMicros(), rule.getExpiration())))
        .min(Comparator.comparingLong(TimedRule::atMicros))
        .orElse(null);
  }

  /** The rule by which an upload is given up first, and when; null for none. */
  @Nullable TimedRule abort(String key, long initiatedMicros) {
    return enabled.stream()
        .filter(rule -> rule.getAbortDays() > 0 && RuleFilters.matches(rule.getFilter(), key))
        .map(rule -> new TimedRule(rule, days.due(initiatedMicros, rule.getAbortDays())))
        .min(Comparator.comparingLong(TimedRule::atMicros))
        .orElse(null);
  }

  /** A deletion for good comes before a transition; a delete marker, which keeps it, after it. */
  private DueAction current(RuleSubject.Current it, long now) {
    TimedRule expiration = expiration(it.key(), it.row());
    DueAction move = transitions.due(matching(it.key(), it.row()), it, now);
    if (expiration == null) {
      return move;
    }
    boolean moves = it.versioned() && move instanceof DueAction.Transition;
    return expiration.atMicros() <= now && !moves
        ? new DueAction.Expire(expiration.rule().getId())
        : earlier(move, expiration.atMicros());
  }

  /** A marker with nothing behind it goes by a rule for such, or with its own age. */
  private DueAction marker(RuleSubject.Current it, long now) {
    List<TimedRule> removals =
        enabled.stream()
            .filter(rule -> RuleFilters.matches(rule.getFilter(), it.key()))
            .filter(rule -> rule.getExpiredDeleteMarker() || rule.hasExpiration())
            .map(rule -> new TimedRule(rule, markerDue(rule, it.row())))
            .toList();
    if (removals.isEmpty()) {
      return DueAction.Nothing.EVER;
    }
    TimedRule first =
        removals.stream().min(Comparator.comparingLong(TimedRule::atMicros)).orElseThrow();
    return it.sole() && first.atMicros() <= now
        ? new DueAction.RemoveMarker(first.rule().getId())
        : new DueAction.Nothing(Math.max(now, first.atMicros()));
  }

  private long markerDue(LifecycleRule rule, ObjectRow marker) {
    return rule.getExpiredDeleteMarker()
        ? 0
        : days.due(marker.getModifiedMicros(), rule.getExpiration());
  }

  private DueAction noncurrent(RuleSubject.Noncurrent it, long now) {
    List<LifecycleRule> matching =
        it.row().getDeleteMarker()
            ? enabled.stream()
                .filter(rule -> RuleFilters.matches(rule.getFilter(), it.key()))
                .toList()
            : matching(it.key(), it.row());
    long until = Long.MAX_VALUE;
    for (LifecycleRule rule : matching) {
      if (rule.getNoncurrentDays() > 0) {
        long at = days.due(it.sinceMicros(), rule.getNoncurrentDays());
        if (at <= now && it.newer() >= rule.getNewerNoncurrent()) {
          return new DueAction.Expire(rule.getId());
        }
        until = Math.min(until, Math.max(now, at));
      }
    }
    return it.row().getDeleteMarker()
        ? new DueAction.Nothing(until)
        : earlier(transitions.due(matching, it, now), until);
  }

  private DueAction begun(RuleSubject.Begun it, long now) {
    TimedRule abort = abort(it.key(), it.initiatedMicros());
    if (abort == null) {
      return DueAction.Nothing.EVER;
    }
    return abort.atMicros() <= now
        ? new DueAction.Abort(abort.rule().getId())
        : new DueAction.Nothing(abort.atMicros());
  }

  private List<LifecycleRule> matching(String key, ObjectRow row) {
    return enabled.stream()
        .filter(rule -> RuleFilters.matches(rule.getFilter(), key, row))
        .toList();
  }

  private static DueAction earlier(DueAction due, long atMicros) {
    return due instanceof DueAction.Nothing(long until)
        ? new DueAction.Nothing(Math.min(until, atMicros))
        : due;
  }
}
