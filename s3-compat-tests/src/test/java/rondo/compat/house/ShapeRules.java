package rondo.compat.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The rules for the sizes of the program's parts, and for unique names: one line per breach. */
final class ShapeRules {
  static final int LONGEST_BODY = 40;
  static final int MOST_PARAMETERS = 8;
  static final int MOST_TYPES = 20;

  private ShapeRules() {}

  static List<String> longBodies(List<ParsedSource> sources) {
    var found = new ArrayList<String>();
    for (ParsedSource source : sources) {
      for (ParsedSource.Body body : source.bodies()) {
        if (body.lines() > LONGEST_BODY) {
          found.add(
              "%s: %s has %d lines, at most %d are allowed: give a part of it a name of its own"
                  .formatted(source.file(), body.name(), body.lines(), LONGEST_BODY));
        }
      }
    }
    return found;
  }

  static List<String> wideSignatures(List<ParsedSource> sources) {
    var found = new ArrayList<String>();
    for (ParsedSource source : sources) {
      for (ParsedSource.Signature signature : source.signatures()) {
        if (signature.parameters() > MOST_PARAMETERS) {
          found.add(
              "%s: %s takes %d parameters, at most %d are allowed: make a record of those that belong together"
                  .formatted(
                      source.file(), signature.name(), signature.parameters(), MOST_PARAMETERS));
        }
      }
    }
    return found;
  }

  static List<String> crowdedPackages(List<ParsedSource> sources) {
    var found = new ArrayList<String>();
    typesByPackage(sources)
        .forEach((name, types) -> {
          if (types.size() > MOST_TYPES) {
            found.add(
                "%s has %d types, at most %d are allowed: split it by what its types are about"
                    .formatted(name, types.size(), MOST_TYPES));
          }
        });
    return found;
  }

  static List<String> repeatedNames(List<ParsedSource> sources) {
    var packages = new TreeMap<String, List<String>>();
    for (ParsedSource source : sources) {
      for (String type : source.types()) {
        packages.computeIfAbsent(type, _ -> new ArrayList<>()).add(source.packageName());
      }
    }
    return packages.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(entry ->
            "%s is the name of a type in %s: rename all but one of them"
                .formatted(entry.getKey(), String.join(" and in ", entry.getValue())))
        .toList();
  }

  static Map<String, List<String>> typesByPackage(List<ParsedSource> sources) {
    return sources.stream()
        .filter(source -> !source.types().isEmpty())
        .collect(
            Collectors.groupingBy(
                ParsedSource::packageName,
                TreeMap::new,
                Collectors.flatMapping(
                    source -> source.types().stream(), Collectors.toUnmodifiableList())));
  }
}
