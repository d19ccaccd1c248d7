package rondo.server.kubernetes;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.config.StartException;
import tools.jackson.databind.JsonNode;

/** Writes the zone of a pod's machine to a file, for {@code --zone-file}. */
@Command(
    name = "zone",
    mixinStandardHelpOptions = true,
    description = {
      "Writes to a file what a label of a machine says.",
      "Needs the right to get nodes of Kubernetes, and no other."
    })
final class ZoneCommand implements Callable<Integer> {
  private static final int OK = 200;
  private static final int FORBIDDEN = 403;

  @Parameters(paramLabel = "MACHINE", description = "The machine's name in Kubernetes.")
  String machine = "";

  @Option(
      names = "--label",
      paramLabel = "NAME",
      defaultValue = "topology.kubernetes.io/zone",
      description = "The label. Default: ${DEFAULT-VALUE}")
  String label = "";

  @Option(names = "--file", paramLabel = "FILE", required = true, description = "The file.")
  Path file = Path.of("");

  @Option(
      names = "--account",
      paramLabel = "FOLDER",
      defaultValue = KubernetesApi.ACCOUNT,
      description = "Where the service account's token is. Default: ${DEFAULT-VALUE}")
  Path account = Path.of("");

  @Override
  public Integer call() throws IOException, InterruptedException {
    String zone = zone(KubernetesApi.of(System.getenv(), account), machine, label);
    Files.writeString(file, zone + "\n");
    System.out.printf("%s is in the zone %s%n", machine, zone);
    return 0;
  }

  /**
   * The zone of a machine.
   *
   * @throws StartException when Kubernetes refuses to tell, or the machine has no such label
   */
  static String zone(KubernetesApi api, String machine, String label) throws InterruptedException {
    String name = URLEncoder.encode(machine, StandardCharsets.UTF_8);
    KubernetesApi.Answer answer = api.get("/api/v1/nodes/" + name);
    if (answer.status() == FORBIDDEN) {
      throw new StartException(
          "the pod's service account may not get nodes: let the chart make the account and its"
              + " rights, or give it those (%s)".formatted(answer.words()));
    }
    if (answer.status() != OK) {
      throw new StartException(
          "Kubernetes tells nothing of the machine %s: %s".formatted(machine, answer.words()));
    }
    JsonNode labels = answer.body().path("metadata").path("labels");
    String zone = labels.path(label).asString("");
    if (zone.isEmpty()) {
      throw new StartException(
          "the machine %1$s has no label %2$s: label it by 'kubectl label node %1$s %2$s=ZONE', or"
                  .formatted(machine, label)
              + " have each machine be a zone by the chart's value zone.from: machine");
    }
    return zone;
  }
}
