package rondo.server.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Writes a script by which the shell fish completes a program's commands and options. Pure. */
final class FishCompletion {
  private final String program;
  private final StringBuilder script = new StringBuilder();

  private FishCompletion(String program) {
    this.program = program;
  }

  /** The script for a program and all its commands. */
  static String script(CommandSpec root) {
    var all = new FishCompletion(root.name());
    var commands = new TreeMap<String, CommandSpec>();
    collect("", root, commands);
    all.script.append("set -g __").append(root.name()).append("_commands");
    commands.keySet().stream()
        .filter(path -> !path.isEmpty())
        .forEach(path -> all.script.append(' ').append(quoted(path)));
    all.script.append('\n').append(walk(root.name()));
    commands.forEach(all::command);
    return all.script.toString();
  }

  /** A function that finds the command that the words before the cursor name. */
  private static String walk(String program) {
    return """
    function __%1$s_at
        set -l path
        for word in (commandline -opc)[2..]
            set -l next (string join ' ' $path $word)
            contains -- $next $__%1$s_commands; and set path $next
        end
        test "$path" = "$argv[1]"
    end
    complete -c %1$s -f
    """
        .formatted(program);
  }

  private static void collect(String path, CommandSpec command, Map<String, CommandSpec> all) {
    all.put(path, command);
    command
        .subcommands()
        .forEach((name, sub) -> collect((path + " " + name).strip(), sub.getCommandSpec(), all));
  }

  private void command(String path, CommandSpec command) {
    for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      line(path, "-a " + sub.getKey(), CommandList.sentence(spec.usageMessage().description()));
    }
    command.options().stream().filter(it -> !it.hidden()).forEach(it -> option(path, it));
    if (command.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
      script.append("complete -c %s -n %s -F%n".formatted(program, at(path)));
    }
  }

  private void option(String path, OptionSpec option) {
    var words = new StringBuilder();
    for (String name : option.names()) {
      words.append(name.startsWith("--") ? "-l " : "-s ").append(name.replaceFirst("^-+", ""));
      words.append(' ');
    }
    if (option.arity().min() > 0) {
      words.append(isFile(option) ? "-r -F" : "-x");
      Iterable<String> candidates = option.completionCandidates();
      if (candidates != null) {
        words.append(" -a ").append(quoted(String.join(" ", candidates)));
      }
    }
    line(path, words.toString().strip(), CommandList.sentence(option.description()));
  }

  private static boolean isFile(ArgSpec argument) {
    return argument.type() == Path.class;
  }

  private void line(String path, String words, String description) {
    script.append(
        "complete -c %s -n %s %s -d %s%n".formatted(program, at(path), words, quoted(description)));
  }

  private String at(String path) {
    return quoted("__%s_at \"%s\"".formatted(program, path));
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
