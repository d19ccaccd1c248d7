package rondo.s3.lifecycle;

import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.ObjectRow;

/** Decides whether a rule's filter matches a subject. Pure. */
final class RuleFilters {
  private RuleFilters() {}

  static boolean matches(LifecycleFilter filter, String key, ObjectRow row) {
    return matchesKey(filter, key)
        && row.getTagsList().containsAll(filter.getTagsList())
        && (!filter.hasLargerThan() || row.getSize() > filter.getLargerThan())
        && (!filter.hasSmallerThan() || row.getSize() < filter.getSmallerThan());
  }

  /** Whether a filter matches an upload or a delete marker, which have neither tags nor a size. */
  static boolean matches(LifecycleFilter filter, String key) {
    return matchesKey(filter, key) && filter.getTagsCount() == 0 && !hasSize(filter);
  }

  static boolean matchesKey(LifecycleFilter filter, String key) {
    return key.startsWith(filter.getPrefix());
  }

  static boolean hasSize(LifecycleFilter filter) {
    return filter.hasLargerThan() || filter.hasSmallerThan();
  }
}
