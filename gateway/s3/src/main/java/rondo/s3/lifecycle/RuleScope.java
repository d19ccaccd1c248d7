package rondo.s3.lifecycle;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTransition;

/**
 * The prefixes and times at which a bucket's enabled rules can find something due. Pure.
 *
 * @param enabled the rules
 */
public record RuleScope(List<LifecycleRule> enabled, DayLength days) {
  /** Prefixes of the keys whose objects may have something due. */
  public Stream<String> objects() {
    return prefixes(rule -> concernsCurrent(rule) || rule.getExpiredDeleteMarker());
  }

  /** Prefixes of the keys whose noncurrent versions may have something due. */
  public Stream<String> noncurrent() {
    return prefixes(
        rule -> rule.getNoncurrentDays() > 0 || rule.getNoncurrentTransitionsCount() > 0);
  }

  /** Prefixes of the keys whose uploads may have something due. */
  public Stream<String> uploads() {
    return prefixes(rule -> rule.getAbortDays() > 0);
  }

  private Stream<String> prefixes(java.util.function.Predicate<LifecycleRule> wanted) {
    return enabled.stream().filter(wanted).map(rule -> rule.getFilter().getPrefix());
  }

  private static boolean concernsCurrent(LifecycleRule rule) {
    return rule.hasExpiration() || rule.getTransitionsCount() > 0;
  }

  /**
   * The earliest time at which an event from now on can make an action due.
   *
   * @param versioned whether the bucket keeps versions
   */
  public long earliestDueMicros(long nowMicros, boolean versioned) {
    return enabled.stream()
        .mapToLong(rule -> earliestDueMicros(rule, nowMicros, versioned))
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private long earliestDueMicros(LifecycleRule rule, long now, boolean versioned) {
    boolean old =
        rule.getFilter().getTagsCount() > 0 // An old object may be given tags.
            || (versioned && (rule.getExpiredDeleteMarker() || counts(rule)));
    return old ? now : Math.max(now, times(rule, now).min().orElse(Long.MAX_VALUE));
  }

  /** Whether the rule counts newer versions, which an old version may still get. */
  private static boolean counts(LifecycleRule rule) {
    return rule.getNewerNoncurrent() > 0
        || rule.getNoncurrentTransitionsList().stream().anyMatch(t -> t.getNewerNoncurrent() > 0);
  }

  private LongStream times(LifecycleRule rule, long now) {
    var times = LongStream.builder();
    if (rule.hasExpiration()) {
      times.add(days.due(now, rule.getExpiration()));
    }
    if (rule.getNoncurrentDays() > 0) {
      times.add(days.due(now, rule.getNoncurrentDays()));
    }
    if (rule.getAbortDays() > 0) {
      times.add(days.due(now, rule.getAbortDays()));
    }
    for (LifecycleTransition transition : rule.getTransitionsList()) {
      times.add(days.due(now, transition.getAfter()));
    }
    for (LifecycleTransition transition : rule.getNoncurrentTransitionsList()) {
      times.add(days.due(now, transition.getAfter()));
    }
    return times.build();
  }
}
