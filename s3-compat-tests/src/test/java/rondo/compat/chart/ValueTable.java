package rondo.compat.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The chart's values as a table, from the text of {@code values.yaml}: a value's meaning is the
 * comment in its line, or the comment above it. A key without either, whose name says it all, has
 * an empty cell.
 */
final class ValueTable {
  private static final Pattern LINE = Pattern.compile("( *)([a-zA-Z]+):(.*)");

  private record Section(int indent, String name) {}

  private final List<String> rows = new ArrayList<>();
  private final Deque<Section> open = new ArrayDeque<>();
  private final List<String> comment = new ArrayList<>();

  private ValueTable() {}

  /** The table's lines, in Markdown. */
  static List<String> of(List<String> yaml) {
    var table = new ValueTable();
    table.rows.add("| value | default | meaning |");
    table.rows.add("|---|---|---|");
    yaml.forEach(table::read);
    return table.rows;
  }

  private void read(String line) {
    Matcher key = LINE.matcher(line);
    if (line.strip().startsWith("#")) {
      comment.add(line.strip().substring(1).strip());
    } else if (key.matches()) {
      key(key.group(1).length(), key.group(2), key.group(3));
      comment.clear();
    } else {
      comment.clear();
    }
  }

  private void key(int indent, String name, String rest) {
    while (!open.isEmpty() && open.getLast().indent() >= indent) {
      open.removeLast();
    }
    open.addLast(new Section(indent, name));
    int mark = rest.indexOf("  #");
    String value = (mark < 0 ? rest : rest.substring(0, mark)).strip();
    String said = mark < 0 ? "" : rest.substring(mark + 3).strip();
    String meaning = said.isEmpty() ? String.join(" ", comment) : said;
    String path = String.join(".", open.stream().map(Section::name).toList());
    if (!value.isEmpty() || !meaning.isEmpty()) {
      String shown = value.isEmpty() || value.equals("\"\"") ? "" : "`" + quoted(value) + "`";
      rows.add("| `%s` | %s | %s |".formatted(path, shown, meaning.replace("|", "\\|")));
    }
  }

  /** A capitalised word in quotes, so that it isn't taken for the name of a type. */
  private static String quoted(String value) {
    return value.matches("[A-Z]\\w*") ? "\"" + value + "\"" : value;
  }
}
