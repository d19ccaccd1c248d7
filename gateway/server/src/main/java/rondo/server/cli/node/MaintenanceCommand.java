package rondo.server.cli.node;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import rondo.server.cli.admin.AdminClient;
import rondo.server.config.Durations;
import tools.jackson.databind.json.JsonMapper;

/** Announces that a node will be away for some time. */
@Command(
    name = "maintenance",
    mixinStandardHelpOptions = true,
    description = {
      "Announces that a node will be away for some time: it keeps its seats, and nothing moves.",
      "Refused while its absence would leave something that can be neither read nor written.",
      "Ends with the time, when the node is started again, or by --end."
    })
final class MaintenanceCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Parameters(index = "0", paramLabel = "NODE", description = "Its name, or the beginning of it.")
  String node = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TIME",
      description = "How long, such as 30m or 2h; at most 7d.")
  String lasts = "";

  @Option(names = "--end", description = "Ends the maintenance.")
  boolean end;

  @Override
  public Integer call() {
    if (end != lasts.isEmpty()) {
      throw new IllegalArgumentException("say how long, such as 30m, or --end");
    }
    Duration time = end ? Duration.ZERO : Durations.parse(lasts);
    if (!end && time.isZero()) {
      throw new IllegalArgumentException("a maintenance lasts for a second at least");
    }
    String body = JsonMapper.shared().writeValueAsString(Map.of("seconds", time.toSeconds()));
    admin.showText("PUT", "/v1/nodes/" + node + "/maintenance", body);
    return 0;
  }
}
