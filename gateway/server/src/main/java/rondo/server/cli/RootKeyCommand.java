package rondo.server.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import rondo.server.storage.RootCredentials;

/** Makes a new access key for root. */
@Command(
    name = "root-key",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a new access key for root, as lines for 'root-credentials' in the first data folder"
          + " of",
      "every node. It is valid once it stands at the end of that file; those before it stay valid",
      "until their lines are removed. Nodes see a change within seconds."
    })
final class RootKeyCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    System.out.print(RootCredentials.random().text());
    return 0;
  }
}
