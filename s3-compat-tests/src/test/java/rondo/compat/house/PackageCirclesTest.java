package rondo.compat.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rule on circles finds each knot of packages, once. */
final class PackageCirclesTest {
  @Test
  void a_chain_and_a_diamond_have_no_circle() {
    assertThat(circles("a b", "b c", "a c", "a d", "d c", "a a").breaches()).isEmpty();
  }

  @Test
  void packages_that_reach_each_other_are_one_knot() {
    PackageCircles circles = circles("a b", "b c", "c a", "c d", "d e", "e d", "e f");
    assertThat(circles.knots())
        .map(List::copyOf)
        .containsExactly(List.of("a", "b", "c"), List.of("d", "e"));
    assertThat(circles.breaches().getLast())
        .isEqualToNormalizingNewlines(
            """
            d, e are in a circle: move a type or turn a dependency around, of
              d -> e: from d to e
              e -> d: from e to d\
            """);
  }

  @Test
  void dependencies_are_read_from_class_files() {
    PackageCircles circles =
        PackageCircles.of(
            new ClassFileImporter().importClasses(PackageCirclesTest.class, PackageCircles.class),
            "com.tngtech.archunit");
    circles.add("com.tngtech.archunit.core.importer", "rondo.compat.house", "made up");
    assertThat(circles.breaches().getFirst()).contains("PackageCirclesTest uses ClassFileImporter");
  }

  private static PackageCircles circles(String... dependencies) {
    var circles = new PackageCircles();
    for (String dependency : dependencies) {
      String[] ends = dependency.split(" ", -1);
      circles.add(ends[0], ends[1], "from " + ends[0] + " to " + ends[1]);
    }
    return circles;
  }
}
