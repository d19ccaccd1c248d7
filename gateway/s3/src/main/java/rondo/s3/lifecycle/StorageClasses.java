package rondo.s3.lifecycle;

import java.util.List;
import java.util.Set;
import rondo.s3.error.Difference;

/**
 * The storage classes in the order in which objects move through them ("Transitioning objects using
 * Amazon S3 Lifecycle", Amazon S3 user guide). Pure.
 */
final class StorageClasses {
  static final String STANDARD = "STANDARD";

  private static final List<String> ORDER =
      List.of(
          STANDARD,
          "REDUCED_REDUNDANCY",
          "STANDARD_IA",
          "INTELLIGENT_TIERING",
          "ONEZONE_IA",
          "GLACIER_IR",
          "GLACIER",
          "DEEP_ARCHIVE");

  /** Where a transition can't lead: they are there to be written to. */
  private static final Set<String> WARM = Set.of(STANDARD, "REDUCED_REDUNDANCY");

  /** Those whose objects can't be read without being restored first. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private StorageClasses() {}

  /** How far down it is; -1 when there is no such class. */
  static int rank(String name) {
    return ORDER.indexOf(name);
  }

  static boolean isTarget(String name, boolean compat) {
    return rank(name) >= 0 && (Difference.LIFECYCLE_TRANSITIONS.in(compat) || !WARM.contains(name));
  }

  static boolean isArchive(String name) {
    return ARCHIVES.contains(name);
  }

  /** Whether objects must be 30 days old before they go there, and stay there for 30 days. */
  static boolean isInfrequent(String name) {
    return name.endsWith("_IA");
  }
}
