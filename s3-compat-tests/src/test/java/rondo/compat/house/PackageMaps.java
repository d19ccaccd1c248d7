package rondo.compat.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks that every package has a map in its package-info.java: a list with one line per top-level
 * type, in the order in which data flows. A line begins with a link to the type and goes on with
 * its purpose.
 *
 * <pre>{@code
 * <ul>
 *   <li>{@link Tally} counts the answers of every set that is asked.
 *   <li>{@link Outcome} is how an operation ends.
 * </ul>
 * }</pre>
 */
final class PackageMaps {
  private static final Pattern ITEM = Pattern.compile("<li>");
  private static final Pattern LINE = Pattern.compile("<li>\\{@link (\\w+)}[^\\w<]*\\w");
  private static final Pattern COMMENT = Pattern.compile("/\\*\\*(.*?)\\*/", Pattern.DOTALL);
  private static final Pattern NUMBERED = Pattern.compile("<ol>.*?</ol>", Pattern.DOTALL);
  private static final Pattern MARGIN = Pattern.compile("\\s*\\n\\s*\\*?\\s*");

  private PackageMaps() {}

  static List<String> breaches(List<ParsedSource> sources) {
    Map<String, ParsedSource> infos =
        sources.stream()
            .filter(ParsedSource::isPackageInfo)
            .collect(Collectors.toMap(ParsedSource::packageName, info -> info));
    var found = new ArrayList<String>();
    new TreeMap<>(ShapeRules.typesByPackage(sources))
        .forEach((name, types) -> {
          ParsedSource info = infos.get(name);
          if (info == null) {
            found.add(name + " has no package-info.java: add one with a list of its types");
          } else {
            found.addAll(breaches(info, types));
          }
        });
    return found;
  }

  private static List<String> breaches(ParsedSource info, List<String> types) {
    var found = new ArrayList<String>();
    if (!info.text().contains("@NullMarked")) {
      found.add(info.file() + " lacks @NullMarked: add it above the package's line");
    }
    String comment = comment(info.text());
    List<String> listed = LINE.matcher(comment).results().map(line -> line.group(1)).toList();
    if (listed.size() < ITEM.matcher(comment).results().count()) {
      found.add(
          info.file() + " has a line that isn't <li>{@link Type} and a sentence: write it so");
    }
    var seen = new TreeSet<String>();
    for (String type : listed) {
      if (!types.contains(type)) {
        found.add(info.file() + " lists " + type + ", which the package hasn't: take it out");
      } else if (!seen.add(type)) {
        found.add(info.file() + " lists " + type + " twice: take one line out");
      }
    }
    types.stream()
        .filter(type -> !seen.contains(type))
        .map(type -> info.file() + " doesn't list " + type + ": add <li>{@link " + type + "} ...")
        .forEach(found::add);
    return found;
  }

  /** The Javadoc on one line, without its stars and without numbered lists, which are arguments. */
  private static String comment(String text) {
    var matcher = COMMENT.matcher(text);
    String comment = matcher.find() ? NUMBERED.matcher(matcher.group(1)).replaceAll("") : "";
    return MARGIN.matcher(comment).replaceAll(" ");
  }
}
