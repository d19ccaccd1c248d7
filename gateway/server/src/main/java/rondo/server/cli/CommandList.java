package rondo.server.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Lists commands in a help: in groups, each with the whole first sentence of its description. */
final class CommandList {
  private static final String OTHERS = "Commands";

  /** The program's own commands; those of a command have one group. */
  private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(
        "See", List.of("status", "ring", "health", "missing", "losses", "scrub", "jobs", "trace"));
    GROUPS.put(
        "Run and change a cluster",
        List.of("server", "dev", "layout", "node", "disk", "limits", "stop", "token", "recover"));
    GROUPS.put("Back up, and back from the worst", List.of("backup", "restore", "rescue"));
    GROUPS.put(
        "Buckets, users and keys",
        List.of("bucket", "lifecycle", "user", "explain", "audit", "keys", "root-key"));
    GROUPS.put("This command line", List.of("alias", "completion", "bench", "image", "kubernetes"));
  }

  private CommandList() {}

  /** Has a command line, and all its commands, list commands so. */
  static void in(CommandLine line) {
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, CommandList::heading);
    line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandList::render);
    line.getSubcommands().values().forEach(CommandList::in);
  }

  private static String heading(Help help) {
    return help.subcommands().isEmpty() ? "" : System.lineSeparator();
  }

  private static String render(Help help) {
    Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
    var groups = new LinkedHashMap<String, Map<String, Help>>();
    if (help.commandSpec().parent() == null) {
      GROUPS.forEach((group, names) -> {
        var members = new LinkedHashMap<String, Help>();
        names.stream().filter(left::containsKey).forEach(it -> members.put(it, left.remove(it)));
        groups.put(group, members);
      });
    }
    groups.put(OTHERS, new TreeMap<>(left));
    var text = new StringBuilder();
    int width = help.subcommands().keySet().stream().mapToInt(String::length).max().orElse(0);
    groups.forEach((group, members) -> {
      if (!members.isEmpty()) {
        text.append(group).append(':').append(System.lineSeparator());
        text.append(table(help, width, members));
      }
    });
    return text.toString();
  }

  private static String table(Help help, int width, Map<String, Help> commands) {
    int all = help.commandSpec().usageMessage().width();
    TextTable table =
        TextTable.forColumns(
            help.colorScheme(),
            new Column(width + 4, 2, Overflow.SPAN),
            new Column(all - width - 4, 2, Overflow.WRAP));
    commands.forEach((name, command) ->
        table.addRowValues(name, sentence(command.commandSpec().usageMessage().description())));
    return table.toString().stripTrailing() + System.lineSeparator();
  }

  /** The first sentence of a description, or all before a list. */
  static String sentence(String... description) {
    var whole = new StringBuilder();
    for (String line : description) {
      if (line.startsWith(" ")) {
        break;
      }
      whole.append(whole.isEmpty() ? "" : " ").append(line);
    }
    String text = whole.toString();
    int end = text.indexOf(". ");
    return end < 0 ? text.replaceFirst(":$", ".") : text.substring(0, end + 1);
  }
}
