package rondo.s3.lifecycle;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.ObjectRow;

/**
 * A bucket's enabled rules, which decide the action due for a subject. Pure: two nodes that judge
 * one subject come to the same result. Immutable.
 */
public final class LifecycleRules {
  /**
   * The built-in rule of an available bucket without versioning. Overwritten versions, and versions
   * that lost against a concurrent write, stay for a day, in which their owner can look for them.
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
   * @param compat whether small objects change their storage class too, and classes may go up as
   *     well as down, as in Ceph
   */
  public LifecycleRules(BucketRow bucket, DayLength days, boolean compat) {
    this.enabled =
        isGraceful(bucket)
            ? List.of(GRACE)
            : bucket.hasUndeleteWindow()
                ? withHistory(bucket)
                : bucket.getLifecycle().getRulesList().stream()
                    .filter(LifecycleRule::getEnabled)
                    .toList();
    this.days = days;
    this.transitions = new Transitions(days, compat);
  }

  /**
   * The rules of a bucket whose noncurrent versions are history: the window alone ends them. The
   * day that it adds is for reads as of a time at the window's edge.
   */
  private static List<LifecycleRule> withHistory(BucketRow bucket) {
    Stream<LifecycleRule> own =
        bucket.getLifecycle().getRulesList().stream()
            .filter(LifecycleRule::getEnabled)
            .map(rule ->
                rule.toBuilder()
                    .clearNoncurrentDays()
                    .clearNewerNoncurrent()
                    .clearNoncurrentTransitions()
                    .clearExpiredDeleteMarker()
                    .build());
    LifecycleRule window =
        LifecycleRule.newBuilder()
            .setId("the undelete window")
            .setEnabled(true)
            .setFilter(LifecycleFilter.getDefaultInstance())
            .setNoncurrentDays(bucket.getUndeleteWindow().getDays() + 1)
            .setExpiredDeleteMarker(true)
            .build();
    return Stream.concat(own, Stream.of(window)).toList();
  }

  /** Whether the bucket has the built-in rule: it is available and unversioned. */
  public static boolean isGraceful(BucketRow bucket) {
    return bucket.getAvailable() && bucket.getVersioning() == BucketRow.Versioning.UNVERSIONED;
  }

  /** A rule and the time at which it acts. */
  record TimedRule(LifecycleRule rule, long atMicros) {}

  public boolean isEmpty() {
    return enabled.isEmpty();
  }

  /** The prefixes and times at which the rules can find something due. */
  public RuleScope scope() {
    return new RuleScope(enabled, days);
  }

  /** The action that is due for the subject at that time. */
  public DueAction due(RuleSubject subject, long nowMicros) {
    return switch (subject) {
      case RuleSubject.Current it when it.row().getDeleteMarker() -> marker(it, nowMicros);
      case RuleSubject.Current it -> current(it, nowMicros);
      case RuleSubject.Noncurrent it -> noncurrent(it, nowMicros);
      case RuleSubject.PendingUpload it -> pendingUpload(it, nowMicros);
    };
  }

  /** The rule that lets a current version expire first; null for none. */
  @Nullable TimedRule expiration(String key, ObjectRow row) {
    return enabled.stream()
        .filter(rule -> rule.hasExpiration() && RuleFilters.matches(rule.getFilter(), key, row))
        .map(rule -> new TimedRule(rule, days.due(row.getModifiedMicros(), rule.getExpiration())))
        .min(Comparator.comparingLong(TimedRule::atMicros))
        .orElse(null);
  }

  /** The rule that aborts an upload first; null for none. */
  @Nullable TimedRule abort(String key, long initiatedMicros) {
    return enabled.stream()
        .filter(rule -> rule.getAbortDays() > 0 && RuleFilters.matches(rule.getFilter(), key))
        .map(rule -> new TimedRule(rule, days.due(initiatedMicros, rule.getAbortDays())))
        .min(Comparator.comparingLong(TimedRule::atMicros))
        .orElse(null);
  }

  /**
   * An expiration that deletes for good comes before a transition. In a versioned bucket, where it
   * only adds a delete marker, it comes after.
   */
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

  /** A sole delete marker goes by ExpiredObjectDeleteMarker, or when its own age expires. */
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

  private DueAction pendingUpload(RuleSubject.PendingUpload it, long now) {
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
