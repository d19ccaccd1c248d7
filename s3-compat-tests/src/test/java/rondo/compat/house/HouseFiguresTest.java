package rondo.compat.house;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Prints the house's figures with {@code -Dfigures=print}. Other tests hold the limits of the
 * figures.
 */
@EnabledIfSystemProperty(named = "figures", matches = "print")
final class HouseFiguresTest {
  @Test
  void the_figures_of_the_house() throws IOException {
    List<ParsedSource> sources = Sources.program();
    modules();
    Map<String, List<String>> packages = ShapeRules.typesByPackage(sources);
    long types = packages.values().stream().mapToLong(Collection::size).sum();
    print("packages", packages.size() + ", with " + types + " top-level types");
    print("biggest package", biggest(packages) + ", " + ShapeRules.MOST_TYPES + " allowed");
    print("packages above that", ShapeRules.crowdedPackages(sources).size());
    List<SortedSet<String>> knots = PackageCircles.of(ClassRules.program(), "rondo.").knots();
    int inCircles = knots.stream().mapToInt(Collection::size).sum();
    print("packages in circles", inCircles + ", in " + knots.size() + " circles");
    knots.forEach(knot -> print("", String.join(" ", knot)));
    print("names given twice", ShapeRules.repeatedNames(sources).size());
    print("longest method", longest(sources));
    print("methods above " + ShapeRules.LONGEST_BODY, ShapeRules.longBodies(sources).size());
    print("constructors and records above " + ShapeRules.MOST_PARAMETERS, wide(sources));
    print("breaches of package lists", PackageMaps.breaches(sources).size());
    print("Javadocs that begin \"The same\"", CommentRules.leaning(sources).size());
  }

  private static void modules() throws IOException {
    for (Path module : Sources.modules()) {
      List<ParsedSource> own =
          Sources.program().stream()
              .filter(source -> source.file().startsWith(Sources.root().relativize(module) + "/"))
              .toList();
      long lines = own.stream().mapToLong(source -> source.text().lines().count()).sum();
      print(
          "module " + Sources.root().relativize(module),
          "%d packages, %d files, %d lines"
              .formatted(ShapeRules.typesByPackage(own).size(), own.size(), lines));
    }
  }

  private static String biggest(Map<String, List<String>> packages) {
    return packages.entrySet().stream()
        .max(Comparator.comparingInt(entry -> entry.getValue().size()))
        .map(entry -> entry.getKey() + " with " + entry.getValue().size() + " types")
        .orElse("none");
  }

  private static String longest(List<ParsedSource> sources) {
    return sources.stream()
        .flatMap(source -> source.bodies().stream())
        .max(Comparator.comparingInt(ParsedSource.Body::lines))
        .map(body -> body.name() + " with " + body.lines() + " lines")
        .orElse("none");
  }

  private static int wide(List<ParsedSource> sources) {
    return ShapeRules.wideSignatures(sources).size();
  }

  private static void print(String what, Object figure) {
    System.out.printf("%-36s %s%n", what, figure);
  }
}
