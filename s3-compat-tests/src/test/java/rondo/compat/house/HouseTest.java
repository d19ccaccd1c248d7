package rondo.compat.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/** The rules of the house that a class file can show. */
final class HouseTest {
  private static final JavaClasses RONDO =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("rondo");

  @Test
  void rooms_depend_downwards_only() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("rondo..")
        .withOptionalLayers(true)
        .layer("ring")
        .definedBy("rondo.ring..")
        .layer("metadata")
        .definedBy("rondo.metadata..")
        .layer("storage")
        .definedBy("rondo.storage..")
        .layer("gateway")
        .definedBy("rondo.gateway..")
        .whereLayer("gateway")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers("gateway")
        .whereLayer("metadata")
        .mayOnlyBeAccessedByLayers("storage", "gateway")
        .check(RONDO);
  }

  @Test
  void the_ring_is_pure_protocol() {
    classes()
        .that(resideInAPackage("rondo.ring.."))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "rondo.ring..",
                    "java.lang..",
                    "java.util..",
                    "java.security..",
                    "java.nio",
                    "java.nio.charset..",
                    "java.math..",
                    "org.jspecify..")
                // A length of time, not a clock.
                .or(JavaClass.Predicates.type(Duration.class)))
        .check(RONDO);
  }

  @Test
  void only_the_engine_knows_mapdb_and_rocksdb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("rondo.metadata.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mapdb..", "org.rocksdb..")
        .check(RONDO);
  }

  @Test
  void the_protocol_reads_clocks_and_chance_only_through_its_ports() {
    noClasses()
        .that(resideInAnyPackage("rondo.ring..", "rondo.storage.node.."))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(ThreadLocalRandom.class, "current")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(RONDO);
  }

  @Test
  void names_say_what_a_class_is() {
    noClasses().should().haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)").check(RONDO);
  }
}
