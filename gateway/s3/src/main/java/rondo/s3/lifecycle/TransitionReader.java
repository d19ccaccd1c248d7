package rondo.s3.lifecycle;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTime;
import rondo.metadata.rows.LifecycleTransition;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.xml.XmlElement;

/**
 * Reads the transitions of a lifecycle rule. Thread-safe.
 *
 * @param compat whether any class may be a destination, and none has a least number of days
 */
record TransitionReader(boolean compat) {
  private static final int INFREQUENT_DAYS = 30;

  /** Adds the rule's transitions to its row, which has its expirations already. */
  void read(XmlElement rule, LifecycleRule.Builder row) {
    List<LifecycleTransition> current =
        rule.all("Transition").stream().map(TransitionReader::transition).toList();
    List<LifecycleTransition> noncurrent =
        rule.all("NoncurrentVersionTransition").stream().map(TransitionReader::noncurrent).toList();
    String prefix = row.getFilter().getPrefix();
    check(current, "Transition", "Days", prefix);
    check(noncurrent, "NoncurrentVersionTransition", "NoncurrentDays", prefix);
    checkExpiration(current, row, prefix);
    if (row.getNoncurrentDays() > 0 && row.getNoncurrentDays() <= lastDays(noncurrent)) {
      throw tooEarly("NoncurrentDays", "NoncurrentVersionExpiration", row.getNoncurrentDays(), row);
    }
    row.addAllTransitions(current).addAllNoncurrentTransitions(noncurrent);
  }

  private static LifecycleTransition transition(XmlElement element) {
    element.checkChildren(Set.of("Days", "Date", "StorageClass"));
    return LifecycleTransition.newBuilder()
        .setAfter(ActionReader.time(element, 0))
        .setStorageClass(storageClass(element))
        .build();
  }

  private static LifecycleTransition noncurrent(XmlElement element) {
    element.checkChildren(Set.of("NoncurrentDays", "NewerNoncurrentVersions", "StorageClass"));
    int days = RuleNumbers.required(element, "NoncurrentDays", 0);
    return LifecycleTransition.newBuilder()
        .setAfter(LifecycleTime.newBuilder().setDays(days))
        .setNewerNoncurrent(ActionReader.newer(element))
        .setStorageClass(storageClass(element))
        .build();
  }

  private static String storageClass(XmlElement transition) {
    String name = transition.text("StorageClass");
    return name == null ? "" : name.strip();
  }

  private void check(
      List<LifecycleTransition> transitions, String action, String days, String prefix) {
    var classes = new HashSet<String>();
    for (LifecycleTransition transition : transitions) {
      String name = transition.getStorageClass();
      if (!StorageClasses.isTarget(name, compat)) {
        throw new S3Exception(S3Error.MALFORMED_XML);
      }
      if (!classes.add(name)) {
        throw LifecycleReader.refused(
            "'StorageClass' must be different for '%s' actions in same 'Rule' with prefix '%s'"
                .formatted(action, prefix));
      }
      checkDays(transition, action, days);
    }
    checkOrder(transitions, action, days, prefix);
    if (classes.stream().anyMatch(StorageClasses::isArchive)) {
      throw S3Exception.notImplemented("A transition to a class that needs a restore");
    }
  }

  private void checkDays(LifecycleTransition transition, String action, String days) {
    LifecycleTime after = transition.getAfter();
    boolean current = action.equals("Transition");
    if (!Difference.LIFECYCLE_TRANSITIONS.in(compat)
        && current
        && !after.hasDateMicros()
        && after.getDays() < INFREQUENT_DAYS
        && StorageClasses.isInfrequent(transition.getStorageClass())) {
      throw S3Exception.argument(
          days,
          Integer.toString(after.getDays()),
          "'%s' in %s action must be greater than or equal to 30 for storageClass '%s'"
              .formatted(days, action, transition.getStorageClass()));
    }
  }

  /**
   * Checks that each transition comes at least a day after the one to the class above, and at least
   * 30 days after one to a class for infrequent access.
   */
  private void checkOrder(
      List<LifecycleTransition> transitions, String action, String days, String prefix) {
    if (Difference.LIFECYCLE_TRANSITIONS.in(compat)
        || transitions.stream().anyMatch(t -> t.getAfter().hasDateMicros())) {
      return;
    }
    @Nullable LifecycleTransition before = null;
    for (LifecycleTransition transition : downwards(transitions)) {
      if (before != null) {
        boolean rests = StorageClasses.isInfrequent(before.getStorageClass());
        int least = before.getAfter().getDays() + (rests ? INFREQUENT_DAYS : 1);
        if (transition.getAfter().getDays() < least) {
          throw S3Exception.argument(
              days,
              Integer.toString(transition.getAfter().getDays()),
              "'%s' in the '%s' action for StorageClass '%s' for prefix '%s' must be %d days more than in the action for StorageClass '%s'"
                  .formatted(
                      days,
                      action,
                      transition.getStorageClass(),
                      prefix,
                      rests ? INFREQUENT_DAYS : 1,
                      before.getStorageClass()));
        }
      }
      before = transition;
    }
  }

  private static List<LifecycleTransition> downwards(List<LifecycleTransition> transitions) {
    return transitions.stream()
        .sorted(Comparator.comparingInt(t -> StorageClasses.rank(t.getStorageClass())))
        .toList();
  }

  private static void checkExpiration(
      List<LifecycleTransition> transitions, LifecycleRule.Builder row, String prefix) {
    boolean expires = row.hasExpiration();
    long dates = transitions.stream().filter(t -> t.getAfter().hasDateMicros()).count();
    boolean mixed =
        expires
            ? dates != (row.getExpiration().hasDateMicros() ? transitions.size() : 0)
            : dates != 0 && dates != transitions.size();
    if (mixed) {
      throw LifecycleReader.refused(
          ("Found mixed 'Date' and 'Days' based Expiration and Transition actions in lifecycle"
                  + " rule for prefix '%s'")
              .formatted(prefix));
    }
    LifecycleTime expiration = row.getExpiration();
    if (expires && !expiration.hasDateMicros() && expiration.getDays() <= lastDays(transitions)) {
      throw tooEarly("Days", "Expiration", expiration.getDays(), row);
    }
    for (LifecycleTransition transition : transitions) {
      if (expiration.hasDateMicros()
          && expiration.getDateMicros() <= transition.getAfter().getDateMicros()) {
        throw S3Exception.argument(
            "Date",
            "",
            "'Date' in the Expiration action for prefix '%s' must be later than 'Date' in the Transition action"
                .formatted(prefix));
      }
    }
  }

  private static int lastDays(List<LifecycleTransition> transitions) {
    return transitions.stream().mapToInt(t -> t.getAfter().getDays()).max().orElse(-1);
  }

  private static S3Exception tooEarly(
      String days, String action, int value, LifecycleRule.Builder row) {
    return S3Exception.argument(
        days,
        Integer.toString(value),
        "'%s' in the %s action for prefix '%s' must be greater than '%s' in the Transition action"
            .formatted(days, action, row.getFilter().getPrefix(), days));
  }
}
