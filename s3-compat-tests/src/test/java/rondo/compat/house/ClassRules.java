package rondo.compat.house;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The program's class files, and ArchUnit conditions for them that ArchUnit doesn't have. */
final class ClassRules {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("rondo");

  /** The methods that read the system's clocks or random numbers, by class. */
  private static final Map<String, Set<String>> ASKING =
      Map.of(
          "java.lang.System", Set.of("nanoTime", "currentTimeMillis"),
          "java.lang.Math", Set.of("random"),
          "java.time.Instant", Set.of("now"),
          "java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system"),
          "java.time.LocalDate", Set.of("now"),
          "java.time.LocalDateTime", Set.of("now"),
          "java.time.ZonedDateTime", Set.of("now"),
          "java.util.UUID", Set.of("randomUUID"),
          "java.util.Collections", Set.of("shuffle"),
          "java.util.concurrent.ThreadLocalRandom", Set.of("current"));

  private ClassRules() {}

  static JavaClasses program() {
    return PROGRAM;
  }

  static DescribedPredicate<JavaClass> namesStartWith(List<String> beginnings) {
    return DescribedPredicate.describe(
        "have names that begin with one of " + beginnings,
        type -> beginnings.stream().anyMatch(type.getName()::startsWith));
  }

  /**
   * A class breaks this by a call, a method reference, or a parameter or field of a random source's
   * type.
   */
  static ArchCondition<JavaClass> readClocksOrChance() {
    return ArchConditions.accessTargetWhere(
            DescribedPredicate.describe(
                "asks the system for the time or for chance", ClassRules::isAsking))
        .or(
            ArchConditions.dependOnClassesThat(
                DescribedPredicate.describe(
                    "are sources of chance", type -> type.isAssignableTo(Random.class))))
        .as("read clocks or chance");
  }

  private static boolean isAsking(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    return ASKING.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
  }
}
