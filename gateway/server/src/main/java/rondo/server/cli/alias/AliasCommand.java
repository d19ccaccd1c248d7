package rondo.server.cli.alias;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import rondo.server.config.StartException;
import tools.jackson.databind.json.JsonMapper;

/** Names clusters, so that no command has to be told a port and a file of credentials. */
@Command(
    name = "alias",
    mixinStandardHelpOptions = true,
    description = {
      "Names clusters, so that no command has to be told an admin port and a file of credentials.",
      "Commands ask the default, or the one of --alias NAME. The names are in the file that",
      "RONDO_ALIASES names, or in ~/.config/rondo/aliases, without secrets."
    },
    subcommands = {
      AliasCommand.SetAlias.class,
      AliasCommand.ListAliases.class,
      AliasCommand.Use.class,
      AliasCommand.RemoveAlias.class
    })
public final class AliasCommand {
  private AliasCommand() {}

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Sets an alias; the first one becomes the default.")
  static final class SetAlias implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin AliasFile aliases = new AliasFile();

    @Parameters(index = "0", paramLabel = "NAME", description = "Letters, digits, - and _.")
    String name = "";

    @Parameters(
        index = "1",
        paramLabel = "URL",
        description = "A node's admin port: HOST:PORT, or with https:// before it.")
    String url = "";

    @Parameters(
        index = "2",
        paramLabel = "CREDENTIALS-FILE",
        description = "The file with access_key=... and secret_key=...; it stays where it is.")
    Path credentials = Path.of("");

    @Option(
        names = "--ca",
        paramLabel = "FILE",
        description = "The certificates (PEM) that vouch for the node's.")
    @Nullable Path ca;

    @Override
    public Integer call() {
      if (!Files.isReadable(credentials)) {
        throw new StartException("there is no file " + credentials + " that can be read");
      }
      AliasBook book = aliases.read();
      Alias alias = Alias.of(name, url, credentials, ca);
      book.put(alias);
      book.write();
      String standing = book.isFirst(name) ? ", the default" : "";
      spec.commandLine().getOut().printf("%s is %s%s%n", name, alias.url(), standing);
      return 0;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the aliases; a star stands before the default.")
  static final class ListAliases implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin AliasFile aliases = new AliasFile();

    @Option(names = "--json", description = "As JSON.")
    boolean json;

    @Override
    public Integer call() {
      AliasBook book = aliases.read();
      var shown = new ArrayList<Map<String, Object>>();
      for (Alias alias : book.all()) {
        boolean isFirst = book.isFirst(alias.name());
        shown.add(
            Map.of(
                "name", alias.name(),
                "url", alias.url(),
                "credentials", alias.credentials().toString(),
                "default", isFirst));
        if (!json) {
          spec.commandLine()
              .getOut()
              .printf(
                  "%s %-16s  %-28s  %s%n",
                  isFirst ? "*" : " ", alias.name(), alias.url(), alias.credentials());
        }
      }
      if (json) {
        spec.commandLine().getOut().println(JsonMapper.shared().writeValueAsString(shown));
      }
      return 0;
    }
  }

  @Command(
      name = "use",
      mixinStandardHelpOptions = true,
      description = "Makes an alias the default: the one that commands ask which name none.")
  static final class Use implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin AliasFile aliases = new AliasFile();

    @Parameters(paramLabel = "NAME", description = "As 'rondo alias list' shows it.")
    String name = "";

    @Override
    public Integer call() {
      AliasBook book = aliases.read();
      book.prefer(name);
      book.write();
      spec.commandLine().getOut().printf("commands ask %s now%n", name);
      return 0;
    }
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Forgets an alias; the file of credentials stays.")
  static final class RemoveAlias implements Callable<Integer> {
    @Spec CommandSpec spec = CommandSpec.create();

    @Mixin AliasFile aliases = new AliasFile();

    @Parameters(paramLabel = "NAME", description = "As 'rondo alias list' shows it.")
    String name = "";

    @Override
    public Integer call() {
      AliasBook book = aliases.read();
      book.forget(name);
      book.write();
      spec.commandLine().getOut().printf("forgot %s%n", name);
      return 0;
    }
  }
}
