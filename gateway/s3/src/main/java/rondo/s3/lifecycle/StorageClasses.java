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

  /** Classes that objects are written to, and no transition leads to. */
  private static final Set<String> WARM = Set.of(STANDARD, "REDUCED_REDUNDANCY");

  /** Classes whose objects must be restored before they can be read. */
  private static final Set<String> ARCHIVES = Set.of("GLACIER", "DEEP_ARCHIVE");

  private StorageClasses() {}

  /** The class's place in the order, 0 at the top; -1 when there is no such class. */
  static int rank(String name) {
    return ORDER.indexOf(name);
  }

  static boolean isTarget(String name, boolean compat) {
    return rank(name) >= 0 && (Difference.LIFECYCLE_TRANSITIONS.in(compat) || !WARM.contains(name));
  }

  static boolean isArchive(String name) {
    return ARCHIVES.contains(name);
  }

  /** Whether objects enter the class at an age of 30 days or more and stay for 30 days. */
  static boolean isInfrequent(String name) {
    return name.endsWith("_IA");
  }
}
