package rondo.server.cli.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.server.cli.admin.AdminClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Shows and sets how fast nodes copy data, while they run. */
@Command(
    name = "limits",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how fast nodes copy data, and sets it for the whole cluster: within seconds, and also",
      "after restarts. A rate is a size, such as 50MiB/s; 'none' for no limit; 'default' for each",
      "node's own setting."
    })
public final class LimitsCommand implements Callable<Integer> {
  @Mixin AdminClient admin = new AdminClient();

  @Option(
      names = "--copy",
      paramLabel = "RATE",
      description =
          "What a node takes over per second when the layout or a number of copies changes, and"
              + " when it is refilled.")
  @Nullable String copy;

  @Option(
      names = "--repair",
      paramLabel = "RATE",
      description = "What a node fetches per second of chunks that it lacks.")
  @Nullable String repair;

  @Override
  public Integer call() {
    var rates = new LinkedHashMap<String, String>();
    if (copy != null) {
      rates.put("copy", copy);
    }
    if (repair != null) {
      rates.put("repair", repair);
    }
    String order = rates.isEmpty() ? "" : JsonMapper.shared().writeValueAsString(rates);
    admin.show(rates.isEmpty() ? "GET" : "PUT", "/v1/limits", order, this::say);
    if (!rates.isEmpty()) {
      admin.say("all nodes follow within 10 seconds");
    }
    return 0;
  }

  private void say(JsonNode now) {
    for (Map.Entry<String, JsonNode> rate : now.properties()) {
      if (rate.getValue().isNumber()) {
        boolean ordered = now.path("ordered").has(rate.getKey());
        String shown = shown(rate.getValue().asLong()) + (ordered ? "" : ", by default");
        admin.say("%-7s %s".formatted(rate.getKey(), shown));
      }
    }
  }

  private static String shown(long bytes) {
    return bytes == 0 ? "no limit" : (bytes >> 20) + " MiB/s";
  }
}
