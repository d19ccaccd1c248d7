package rondo.server.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import rondo.server.config.StartException;
import rondo.server.storage.JoinToken;

/** Makes join tokens, shows them and ends them. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Makes the secret by which nodes found a cluster and join it.",
    subcommands = {
      TokenCommand.New.class,
      TokenOrders.Create.class,
      TokenOrders.Tokens.class,
      TokenOrders.Revoke.class,
      TokenOrders.Rotate.class
    })
final class TokenCommand {
  private TokenCommand() {}

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description =
          "Writes the join token of a new cluster to a file. Copy it to each machine, and give it"
              + " to each node as --token-file.")
  static final class New implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "Where to write it; it must not exist.")
    Path file = Path.of("");

    @Override
    public Integer call() {
      if (Files.exists(file)) {
        throw new StartException(file + " exists: a token that nodes have can't be replaced");
      }
      JoinToken.write(file);
      System.out.printf(
          "wrote %s: its holder can join the cluster, so guard it like a key%n", file);
      return 0;
    }
  }
}
