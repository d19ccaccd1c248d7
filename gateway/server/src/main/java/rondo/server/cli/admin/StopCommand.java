package rondo.server.cli.admin;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** Stops a node through its admin API. */
@Command(
    name = "stop",
    mixinStandardHelpOptions = true,
    description =
        "Stops the node of --admin: it takes no further requests and ends those in work, for at"
            + " most its --stop-wait.")
public final class StopCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--when-safe",
      description =
          "Refuses, with exit status 1, while the node's absence would leave something that can be"
              + " neither read nor written.")
  boolean whenSafe;

  @Override
  public Integer call() {
    String body = JsonMapper.shared().writeValueAsString(Map.of("whenSafe", whenSafe));
    admin.showText("POST", "/v1/stop", body);
    return 0;
  }
}
