package rondo.compat.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The rules for comments: one line per breach. */
final class CommentRules {
  private static final Pattern LEANING = Pattern.compile("/\\*\\*[\\s*]*The same\\b");

  private CommentRules() {}

  /** Finds Javadocs that begin with "The same" and so can't be understood in a tooltip. */
  static List<String> leaning(List<ParsedSource> sources) {
    var found = new ArrayList<String>();
    for (ParsedSource source : sources) {
      LEANING
          .matcher(source.text())
          .results()
          .map(breach -> source.text().substring(0, breach.start()).lines().count() + 1)
          .map(line ->
              "%s:%d: a Javadoc begins \"The same\": say what it is, for those who see it alone"
                  .formatted(source.file(), line))
          .forEach(found::add);
    }
    return found;
  }
}
