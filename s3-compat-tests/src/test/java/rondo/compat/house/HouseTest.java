package rondo.compat.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import io.vertx.core.http.ClientAuth;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of the house that class files show. */
final class HouseTest {
  private static final List<String> SORTED_TABLES =
      List.of(
          "org.mapdb.SortedTableMap",
          "org.mapdb.volume.",
          "org.mapdb.DataInput2",
          "org.mapdb.DataOutput2",
          "org.mapdb.DBException",
          "org.mapdb.Serializer",
          "org.mapdb.serializer.GroupSerializer");

  @Test
  void modules_depend_to_the_left_only() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("rondo..")
        .withOptionalLayers(true)
        .layer("ring")
        .definedBy("rondo.ring..")
        .layer("metadata")
        .definedBy("rondo.metadata..")
        .layer("storage")
        .definedBy("rondo.storage..")
        .layer("store")
        .definedBy("rondo.store..")
        .layer("s3")
        .definedBy("rondo.s3..")
        .layer("server")
        .definedBy("rondo.server..")
        .whereLayer("server")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("s3")
        .mayOnlyBeAccessedByLayers("server")
        .whereLayer("store")
        .mayOnlyBeAccessedByLayers("s3", "server")
        .whereLayer("storage")
        .mayOnlyBeAccessedByLayers("store", "s3", "server")
        .whereLayer("metadata")
        .mayOnlyBeAccessedByLayers("storage", "store", "s3", "server")
        .as("modules depend to the left only: ring, metadata, storage, store, s3, server")
        .because("what a type needs from the right it gets by an interface that its module owns")
        .check(ClassRules.program());
  }

  @Test
  void every_type_is_in_a_module() {
    classes()
        .should()
        .resideInAnyPackage(
            "rondo.ring..",
            "rondo.metadata..",
            "rondo.storage..",
            "rondo.store..",
            "rondo.s3..",
            "rondo.server..")
        .check(ClassRules.program());
  }

  @Test
  void packages_have_no_circle() {
    assertThat(PackageCircles.of(ClassRules.program(), "rondo.").breaches()).isEmpty();
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
                // A duration is no clock.
                .or(JavaClass.Predicates.type(Duration.class)))
        .check(ClassRules.program());
  }

  @Test
  void only_the_engine_knows_mapdb_and_rocksdb() {
    noClasses()
        .that()
        .resideOutsideOfPackage("rondo.metadata.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.mapdb..", "org.rocksdb..")
        .check(ClassRules.program());
  }

  /** MapDB brings a serializer of any object (elsa), as Java has one: holes where bytes are bad. */
  @Test
  void bytes_never_become_objects_of_a_class_that_they_name() {
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.mapdb..")
                .and(DescribedPredicate.not(ClassRules.namesStartWith(SORTED_TABLES))))
        .orShould()
        .dependOnClassesThat(resideInAnyPackage("org.mapdb.elsa..", "sun.misc.."))
        .orShould()
        .dependOnClassesThat(ClassRules.namesStartWith(List.of("java.io.ObjectInput")))
        .because("of MapDB only sorted tables of bytes are used, whose serializer is the house's")
        .check(ClassRules.program());
  }

  @Test
  void the_store_knows_nothing_of_http_xml_and_command_lines() {
    noClasses()
        .that(resideInAPackage("rondo.store.."))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage(
                    "io.vertx.core.http..",
                    "io.netty.handler.codec.http..",
                    "tools.jackson..",
                    "picocli..")
                // Vert.x keeps here whether a TLS server asks its clients for certificates.
                .and(DescribedPredicate.not(JavaClass.Predicates.type(ClientAuth.class))))
        .check(ClassRules.program());
  }

  @Test
  void the_protocol_reads_clocks_and_chance_only_through_its_ports() {
    noClasses()
        .that(resideInAnyPackage("rondo.ring..", "rondo.metadata..", "rondo.storage.node.."))
        .should(ClassRules.readClocksOrChance())
        .because(
            "the simulator can't replay what it doesn't hand out: take it from rondo.ring.port")
        .check(ClassRules.program());
  }

  @Test
  void names_say_what_a_class_is() {
    noClasses()
        .should()
        .haveNameMatching(".*(Impl|Util|Utils|Helper|Manager)")
        .check(ClassRules.program());
  }
}
