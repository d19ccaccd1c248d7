package rondo.server.cli.view;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import rondo.server.cli.admin.AdminClient;

/** Shows a node and its cluster on one screen. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a cluster on one screen, as one node knows it: health with its reasons, nodes, disks,",
      "what moves with the time remaining, and what to do next."
    })
public final class StatusCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Mixin Watch watch = new Watch();

  @Override
  public Integer call() {
    return watch.show(
        admin,
        () -> admin.show("GET", "/v1/status", "", it -> admin.out().print(StatusScreen.draw(it))));
  }
}
