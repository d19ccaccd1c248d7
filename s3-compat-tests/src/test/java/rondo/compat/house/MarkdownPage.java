package rondo.compat.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A document of the project, parsed as far as the rules need.
 *
 * @param file absolute
 * @param lines without the contents of code blocks, whose lines are empty here, so that line
 *     numbers stay right
 */
record MarkdownPage(Path file, List<String> lines) {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NEW_ITEM = Pattern.compile("\\s*([-*]|\\d+\\.) .*");

  /** A block of words: a paragraph, an item of a list, or a cell of a table. */
  record Paragraph(int line, String text) {
    int words() {
      return text.isBlank() ? 0 : text.strip().split("\\s+").length;
    }
  }

  /** Every document, in the order of the paths, without the output of builds and nodes. */
  static List<MarkdownPage> all() throws IOException {
    var pages = new ArrayList<MarkdownPage>();
    collect(Sources.root(), pages);
    return pages;
  }

  private static void collect(Path folder, List<MarkdownPage> pages) throws IOException {
    List<Path> children;
    try (Stream<Path> listed = Files.list(folder)) {
      children = listed.sorted().toList();
    }
    for (Path child : children) {
      String name = child.getFileName().toString();
      if (Files.isDirectory(child)) {
        if (!name.startsWith(".") && !name.startsWith("rondo-") && !name.equals("target")) {
          collect(child, pages);
        }
      } else if (name.endsWith(".md")) {
        pages.add(read(child));
      }
    }
  }

  static MarkdownPage read(Path file) throws IOException {
    return of(file, Files.readAllLines(file));
  }

  static MarkdownPage of(Path file, List<String> text) {
    var lines = new ArrayList<String>();
    boolean code = false;
    for (String line : text) {
      boolean fence = line.strip().startsWith("```");
      lines.add(code || fence ? "" : line);
      code ^= fence;
    }
    return new MarkdownPage(file, lines);
  }

  /** The document's path in the project, such as {@code docs/s3.md}. */
  String name() {
    return Sources.root().relativize(file).toString();
  }

  List<Paragraph> paragraphs() {
    var paragraphs = new ArrayList<Paragraph>();
    var text = new StringBuilder();
    int from = 0;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean row = isRow(line);
      if (row || line.isBlank() || line.startsWith("#") || NEW_ITEM.matcher(line).matches()) {
        paragraphs.add(new Paragraph(from + 1, text.toString()));
        text.setLength(0);
      }
      if (row) {
        for (String cell : line.split("\\|", -1)) {
          paragraphs.add(new Paragraph(i + 1, cell));
        }
      } else {
        from = text.toString().isBlank() ? i : from;
        text.append(line).append(' ');
      }
    }
    paragraphs.add(new Paragraph(from + 1, text.toString()));
    return paragraphs.stream().filter(paragraph -> paragraph.words() > 0).toList();
  }

  /** The number of rows of its longest table, without the head. */
  int longestTable() {
    int longest = 0;
    int rows = 0;
    for (String line : lines) {
      rows = isRow(line) ? rows + 1 : 0;
      longest = Math.max(longest, rows - 2);
    }
    return longest;
  }

  private static boolean isRow(String line) {
    return line.startsWith("|");
  }

  /** The targets of its links, as written. */
  List<String> links() {
    return found(LINK);
  }

  /** The texts of its code spans. */
  List<String> codes() {
    return found(CODE);
  }

  private List<String> found(Pattern pattern) {
    Function<String, Stream<String>> groups =
        line -> pattern.matcher(line).results().map((MatchResult result) -> result.group(1));
    return lines.stream().flatMap(groups).toList();
  }

  /** The anchors of its headings, as GitHub makes them. */
  Set<String> anchors() {
    return lines.stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ ", "").toLowerCase(Locale.ROOT))
        .map(title -> title.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .collect(Collectors.toUnmodifiableSet());
  }
}
