package rondo.server.cli.node;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;

/** Lets nodes of a name in again that 'node remove --ban' has kept out. */
@Command(
    name = "unban",
    mixinStandardHelpOptions = true,
    description = "Lets nodes of a name in again that 'node remove --ban' has kept out.")
final class UnbanCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(paramLabel = "NAME", description = "The name, in full.")
  String name = "";

  @Override
  public Integer call() {
    admin.showText("DELETE", "/v1/bans/" + name, "");
    return 0;
  }
}
