package rondo.server.kubernetes;

import picocli.CommandLine.Command;

/** What the chart's init containers and jobs run. */
@Command(
    name = "kubernetes",
    mixinStandardHelpOptions = true,
    description = "Asks Kubernetes from inside a pod, as the chart's own containers do.",
    subcommands = {
      ZoneCommand.class,
      SecretsCommand.class,
      ReconcileCommand.class,
      WatchCommand.class
    })
public final class KubernetesCommand {
  private KubernetesCommand() {}
}
