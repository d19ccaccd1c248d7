package rondo.compat.house;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the packages that depend on each other in circles. ArchUnit's slices report circle after
 * circle, and a few packages may have thousands; here all packages that reach each other are one
 * knot.
 */
final class PackageCircles {
  /** For each package, the packages that it depends on, each with an example of a dependency. */
  private final Map<String, Map<String, String>> uses = new TreeMap<>();

  static PackageCircles of(JavaClasses classes, String root) {
    var circles = new PackageCircles();
    for (JavaClass type : classes) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        JavaClass target = dependency.getTargetClass().getBaseComponentType();
        if (target.getPackageName().startsWith(root)) {
          circles.add(
              type.getPackageName(),
              target.getPackageName(),
              type.getSimpleName() + " uses " + target.getSimpleName());
        }
      }
    }
    return circles;
  }

  void add(String from, String to, String example) {
    if (!from.equals(to)) {
      // The smallest example, since class files come in no order.
      uses.computeIfAbsent(from, _ -> new TreeMap<>())
          .merge(to, example, (one, other) -> one.compareTo(other) < 0 ? one : other);
    }
  }

  /** The maximal sets of packages that all reach each other, in the order of their names. */
  List<SortedSet<String>> knots() {
    var knots = new ArrayList<SortedSet<String>>();
    var done = new TreeSet<String>();
    for (String name : uses.keySet()) {
      if (!done.contains(name)) {
        var knot = new TreeSet<String>();
        reachable(name).stream()
            .filter(other -> reachable(other).contains(name))
            .forEach(knot::add);
        if (!knot.isEmpty()) {
          done.addAll(knot);
          knots.add(knot);
        }
      }
    }
    return knots;
  }

  List<String> breaches() {
    return knots().stream()
        .map(knot ->
            "%s are in a circle: move a type or turn a dependency around, of%n  %s"
                .formatted(String.join(", ", knot), String.join("\n  ", within(knot))))
        .toList();
  }

  private List<String> within(Set<String> knot) {
    var lines = new ArrayList<String>();
    for (String from : knot) {
      uses.getOrDefault(from, Map.of())
          .forEach((to, example) -> {
            if (knot.contains(to)) {
              lines.add(from + " -> " + to + ": " + example);
            }
          });
    }
    return lines;
  }

  private Set<String> reachable(String from) {
    var reached = new TreeSet<String>();
    var open = new ArrayList<>(uses.getOrDefault(from, Map.of()).keySet());
    while (!open.isEmpty()) {
      String next = open.removeLast();
      if (reached.add(next)) {
        open.addAll(uses.getOrDefault(next, Map.of()).keySet());
      }
    }
    return reached;
  }
}
